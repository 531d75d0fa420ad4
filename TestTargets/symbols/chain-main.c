/* The rest of a program with chain.c or chain.cpp, in a unit of its own. */
volatile int chain_sink;
void outer(int);

static int twice(int number)
{
	return number * 2;
}

int main(int argc, char **argv)
{
	(void)argv;
	outer(twice(argc));
	return 0;
}
