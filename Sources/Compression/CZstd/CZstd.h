// libzstd: sections compressed with ELFCOMPRESS_ZSTD, and the blocks of BTF exports.
#include <zstd.h>
