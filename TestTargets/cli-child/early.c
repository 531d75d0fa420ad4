// SPDX-License-Identifier: Apache-2.0
/*
 * A library whose constructor runs before that of the program that links it, and calls
 * `early_library_call` and malloc five times each.
 */
#include "target.h"

long early_library_calls;

PROBED void early_library_call(void)
{
	COUNT(early_library_calls);
}

__attribute__((constructor)) static void set_up(void)
{
	for (int i = 0; i < 5; i++) {
		void *volatile block = malloc(100 + i);

		early_library_call();
		free(block);
	}
}
