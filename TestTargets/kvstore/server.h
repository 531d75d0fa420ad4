// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <list>
#include <thread>

#include "connection.h"
#include "store.h"

namespace kv
{

/// Answers requests on a port of 127.0.0.1, with a thread for each connection.
class Server
{
      public:
	/// Starts to listen; throws `std::system_error` if the port cannot be had.
	Server(Store &store, uint16_t port);
	~Server();

	/// Ends all connections and waits for their threads; the counts are final afterwards.
	void stop();

	uint16_t port() const
	{
		return boundPort;
	}
	unsigned long requests() const
	{
		return requestCount;
	}

      private:
	/// A connection and the thread that serves it.
	struct Session {
		explicit Session(int descriptor) : connection(descriptor)
		{
		}

		Connection connection;
		std::thread thread;
		std::atomic<bool> ended{false};
	};

	void acceptConnections();
	void removeEndedSessions();
	KV_VISIBLE void serve(Session &session);

	Store &store;
	int listener;
	uint16_t boundPort = 0;
	std::atomic<unsigned long> requestCount{0};
	std::atomic<bool> stopping{false};
	/// Touched by the acceptor alone, and by `stop` once that has ended.
	std::list<Session> sessions;
	std::thread acceptor;
};

} // namespace kv
