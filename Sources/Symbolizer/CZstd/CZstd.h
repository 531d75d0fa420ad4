// libzstd: sections compressed with ELFCOMPRESS_ZSTD.
#include <zstd.h>
