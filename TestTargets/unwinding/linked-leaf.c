// SPDX-License-Identifier: Apache-2.0
/* A function so short that much of the time of calling it is in the procedure linkage table. */
long linked_leaf(long value)
{
	return value + 1;
}
