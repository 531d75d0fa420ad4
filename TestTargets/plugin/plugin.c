// SPDX-License-Identifier: Apache-2.0
/* The library that plugin-host loads: one function, `plugin_call`. */
#include "target.h"

static long calls;

/* Returns how often it has been called since the library was loaded. */
PROBED long plugin_call(void)
{
	COUNT(calls);
	return calls;
}
