// libsodium: Ed25519, BLAKE2b, SHA-256 and the scrypt that minisign's secret keys are encrypted by.
#include <sodium.h>
