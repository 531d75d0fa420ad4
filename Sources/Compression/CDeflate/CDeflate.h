// libdeflate: whole buffers in the formats of zlib and gzip, and checksums, faster than zlib.
#include <libdeflate.h>
