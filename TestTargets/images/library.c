// A library that needs another one, with two versions of one function.
#include <string.h>

int library_data = 3;

__attribute__((noinline)) int versioned_old(int x)
{
	return x + 1;
}

__attribute__((noinline)) int versioned_new(int x)
{
	return x + 2;
}

__asm__(".symver versioned_old, versioned@UPROF_1");
__asm__(".symver versioned_new, versioned@@UPROF_2");

__attribute__((noinline)) static int hidden_helper(const char *text)
{
	return (int)strlen(text);
}

int exported(const char *text)
{
	return hidden_helper(text) + library_data + versioned_new(1);
}
