// zlib: gzip that arrives in pieces.
#include <zlib.h>
