// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "noinline.h"

namespace kv
{

/// A socket with line buffers in both directions, closed at the end of its life.
class Connection
{
      public:
	/// Connects to a port of this machine; throws `std::system_error` if it cannot.
	static Connection toLocalPort(uint16_t port);

	explicit Connection(int descriptor) : descriptor(descriptor)
	{
	}
	Connection(Connection &&other) noexcept;
	Connection &operator=(Connection &&) = delete;
	~Connection();

	/// Reads the next line without its end, sending first what is written if it must wait;
	/// false once the peer has closed.
	KV_VISIBLE bool readLine(std::string &line);
	/// Adds a line to what is sent by the next `flush`.
	void writeLine(std::string_view line);
	KV_VISIBLE bool flush();
	/// Makes the reads and writes of other threads end.
	void shutDown();

      private:
	bool fill();

	int descriptor;
	std::string incoming, outgoing;
	size_t position = 0;
};

} // namespace kv
