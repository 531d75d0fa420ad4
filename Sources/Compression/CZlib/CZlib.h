// zlib: compressed sections, gzip, and the checksum of .gnu_debuglink.
#include <zlib.h>
