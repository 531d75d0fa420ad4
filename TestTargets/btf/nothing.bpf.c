// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
// No relocations at all.
#include "core.bpf.h"

PROGRAM(nothing)
{
    return 0;
}
