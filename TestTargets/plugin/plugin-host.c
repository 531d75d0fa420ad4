// SPDX-License-Identifier: Apache-2.0
/*
 * Loads libplugin.so late and calls it: shows that functions of libraries that arrive after the
 * attach are picked up, also the second time.
 *
 *	plugin-host [--calls N] [--rounds R] [--settle-ms M] [--library PATH] [--wait]
 *
 * Each of R rounds loads the library, says `loaded`, calls `plugin_call` N times, unloads it and
 * says `unloaded`. With `--wait` it wants a line on stdin before each load and another before the
 * calls; `--settle-ms` sleeps between the load and the calls. `host_call` of the program itself is
 * called once a round. Exits with 18.
 */
#include <dlfcn.h>
#include <libgen.h>
#include <limits.h>

#include "target.h"

static long host_calls, plugin_calls;

PROBED void host_call(void)
{
	COUNT(host_calls);
}

static const char *library_beside_program(void)
{
	static char path[PATH_MAX + 16];
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);

	path[length > 0 ? length : 0] = '\0';
	dirname(path);
	strcat(path, "/libplugin.so");
	return path;
}

static bool run_round(const char *path, long calls, long settle, bool waits)
{
	void *library = dlopen(path, RTLD_NOW);
	long (*plugin_call)(void) = library ? (long (*)(void))dlsym(library, "plugin_call") : NULL;

	if (!plugin_call) {
		fprintf(stderr, "plugin-host: %s\n", dlerror());
		return false;
	}
	announce("loaded");
	if (waits)
		await_line();
	usleep(settle * 1000);
	host_call();
	for (long i = 0; i < calls; i++, plugin_calls++)
		if (plugin_call() != i + 1)
			return false;
	dlclose(library);
	announce("unloaded");
	return true;
}

int main(int argc, char **argv)
{
	const char *path = text_option(argc, argv, "--library", library_beside_program());
	long calls = number_option(argc, argv, "--calls", 1000);
	long rounds = number_option(argc, argv, "--rounds", 2);
	long settle = number_option(argc, argv, "--settle-ms", 0);
	bool waits = flag_option(argc, argv, "--wait");

	handshake(argc, argv);
	for (long round = 0; round < rounds; round++) {
		if (round && waits)
			await_line();
		if (!run_round(path, calls, settle, waits))
			return STATUS_WRONG_RESULT;
	}

	struct tally tallies[] = {{"plugin_call", plugin_calls}, {"host_call", host_calls}};

	PRINT_TRUTH("plugin-host", tallies);
	return 18;
}
