// What takes the place of libraries in the static executable.
#ifndef UPROF_CSTATIC_H
#define UPROF_CSTATIC_H

#endif
