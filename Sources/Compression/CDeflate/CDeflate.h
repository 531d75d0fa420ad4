// libdeflate: whole streams of zlib's format and checksums, three times as fast as zlib.
#include <libdeflate.h>
