// Takes the place of the instruction sets of Capstone that uprof does not decode.
#ifndef UPROF_CINSTRUCTIONSETS_H
#define UPROF_CINSTRUCTIONSETS_H

#endif
