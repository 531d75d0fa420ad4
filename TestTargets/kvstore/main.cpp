// SPDX-License-Identifier: Apache-2.0
/*
 * A small key-value server with its own load, to try a profiler on.
 *
 *	kvstore [--port P] [--load] [--clients C] [--keys K] [--seconds S] [--wait]
 *
 * Listens on 127.0.0.1 (see protocol.h for what it understands) and runs for S seconds or until
 * SIGINT or SIGTERM. With `--load`, clients in this process keep it busy. Things to look at:
 * `kv::handleRequest` is called for each request; `kv::Store::put` is fast, except when it runs
 * into `kv::Store::compact`, which takes milliseconds while others wait for the stripe's lock.
 *
 * The last line says how much it did. Exits with 0, or 1 if a client was not served.
 */
#include <iostream>
#include <stdexcept>

#include "interruption.h"
#include "load.h"
#include "options.h"
#include "server.h"

#include <unistd.h>

namespace
{

using Seconds = std::chrono::duration<double>;

void printSummary(const kv::Store &store, unsigned long requests, Seconds duration)
{
	const kv::Store::Calls &calls = store.calls();

	std::cout << "{\"program\":\"kvstore\",\"seconds\":" << duration.count()
		  << ",\"requests_per_second\":" << long(requests / duration.count())
		  << ",\"calls\":{\"kv::handleRequest\":" << requests
		  << ",\"kv::Store::get\":" << calls.get << ",\"kv::Store::put\":" << calls.put
		  << ",\"kv::Store::erase\":" << calls.erase
		  << ",\"kv::Store::compact\":" << calls.compact << "}}" << std::endl;
}

int run(const kv::Options &options)
{
	const kv::Interruption interruption;
	kv::Store store;
	kv::Server server(store, options.port);

	std::cout << "listening 127.0.0.1:" << server.port() << std::endl;
	if (options.wait) {
		std::cout << "ready " << getpid() << std::endl;
		if (interruption.waitForInput())
			return 0;
	}

	const auto start = kv::Clock::now();
	const unsigned clients = options.load ? options.clients : 0;
	kv::LoadGenerator load(server.port(), clients, options.keys);

	interruption.wait(options.seconds
			      ? std::make_optional(std::chrono::seconds(options.seconds))
			      : std::nullopt);

	// The clients first: what they have asked for is still answered.
	const Seconds duration = kv::Clock::now() - start;
	const unsigned long failures = load.stop();

	server.stop();
	printSummary(store, server.requests(), duration);
	return failures ? 1 : 0;
}

} // namespace

int main(int argc, char **argv)
{
	try {
		return run(kv::Options::parse(argc, argv));
	} catch (const std::invalid_argument &error) {
		std::cerr << "kvstore: " << error.what() << "\n";
		return 64;
	} catch (const std::exception &error) {
		std::cerr << "kvstore: " << error.what() << "\n";
		return 1;
	}
}
