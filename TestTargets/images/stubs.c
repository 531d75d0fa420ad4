// Calls of a library, through each kind of stub that linkers make.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Called, and its address is taken: one slot of the global offset table serves both (.plt.got).
size_t (*volatile taken)(const char *) = strlen;

__attribute__((noinline)) static size_t (*address(void))(const char *)
{
	return strlen;
}

int main(int argc, char **argv)
{
	taken = address();
	printf("%d %zu %zu\n", atoi(argv[argc - 1]), strlen(argv[0]), taken(argv[0]));
	qsort(argv, 0, sizeof(*argv), NULL);
	puts(getenv("HOME") ? "home" : "none");
	return 0;
}
