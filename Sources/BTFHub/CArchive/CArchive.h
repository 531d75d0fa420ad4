// libarchive: the archives of a hub (.tar.xz and the like).
#include <archive.h>
#include <archive_entry.h>
