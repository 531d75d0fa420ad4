// liblzma: MiniDebugInfo (.gnu_debugdata) is xz-compressed.
#include <lzma.h>
