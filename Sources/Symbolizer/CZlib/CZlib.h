// zlib: compressed sections, and the checksum of .gnu_debuglink.
#include <zlib.h>
