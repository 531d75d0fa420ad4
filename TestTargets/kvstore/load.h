// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <random>
#include <thread>
#include <vector>

#include "connection.h"

namespace kv
{

/// Clients in threads of their own that keep a server busy until they are stopped.
class LoadGenerator
{
      public:
	LoadGenerator(uint16_t port, unsigned clients, unsigned keys);
	~LoadGenerator();

	/// Ends the clients once their last replies are in; how many requests went wrong.
	unsigned long stop();

      private:
	void runClient(unsigned seed);
	/// Sends a few requests at once, as a busy client does, and reads their replies.
	bool exchangeBatch(Connection &connection, std::minstd_rand &random);
	std::string makeRequest(std::minstd_rand &random) const;

	const uint16_t port;
	const unsigned keys;
	std::atomic<bool> stopping{false};
	std::atomic<unsigned long> failureCount{0};
	std::vector<std::thread> clients;
};

} // namespace kv
