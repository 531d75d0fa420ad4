// nettle: SHA-256. Debian's libarchive is built upon it too.
#include <nettle/sha2.h>
