// SPDX-License-Identifier: Apache-2.0
#include "options.h"

#include <stdexcept>

namespace kv
{

Options Options::parse(int argc, char **argv)
{
	Options options;

	for (int i = 1; i < argc; i++) {
		const std::string name = argv[i];

		if (name == "--load" || name == "--wait") {
			(name == "--load" ? options.load : options.wait) = true;
			continue;
		}
		if (i + 1 == argc)
			throw std::invalid_argument("unknown option or missing value: " + name);

		const unsigned long value = std::stoul(argv[++i]);

		if (name == "--port")
			options.port = value;
		else if (name == "--seconds")
			options.seconds = value;
		else if (name == "--clients")
			options.clients = value;
		else if (name == "--keys")
			options.keys = value;
		else
			throw std::invalid_argument("unknown option: " + name);
	}
	return options;
}

} // namespace kv
