// Capstone, the disassembler.
#include <capstone/capstone.h>
