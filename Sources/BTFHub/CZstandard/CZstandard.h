// libzstd: the blocks of an export.
#include <zstd.h>
