// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace kv
{

/// What the command line asks for.
struct Options {
	/// The port on 127.0.0.1; 0 lets the system choose.
	uint16_t port = 0;
	/// How long to run; 0 means until SIGINT or SIGTERM.
	unsigned seconds = 0;
	/// Whether clients in this process load the server.
	bool load = false;
	unsigned clients = 4;
	unsigned keys = 50000;
	/// Whether to hold for a line on stdin before the work starts.
	bool wait = false;

	/// Reads the arguments; throws `std::invalid_argument` for one it does not know.
	static Options parse(int argc, char **argv);
};

} // namespace kv
