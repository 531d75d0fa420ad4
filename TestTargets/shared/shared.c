// SPDX-License-Identifier: Apache-2.0
/* The library that shared-user links: one function, `shared_call`. */
#include "target.h"

static long calls;

/* Returns how often this process has called it. */
PROBED long shared_call(void)
{
	COUNT(calls);
	return calls;
}
