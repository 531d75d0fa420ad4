// SPDX-License-Identifier: Apache-2.0
#include "server.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

#include "protocol.h"

namespace kv
{

Server::Server(Store &store, uint16_t port)
    : store(store), listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
	const int yes = 1;
	sockaddr_in address = {};
	socklen_t length = sizeof(address);
	auto *generic = reinterpret_cast<sockaddr *>(&address);

	address.sin_family = AF_INET;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	address.sin_port = htons(port);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(listener, generic, length) || listen(listener, 64) ||
	    getsockname(listener, generic, &length)) {
		const int code = errno;

		close(listener);
		throw std::system_error(code, std::generic_category(), "cannot listen");
	}
	boundPort = ntohs(address.sin_port);
	acceptor = std::thread(&Server::acceptConnections, this);
}

Server::~Server()
{
	stop();
	close(listener);
}

void Server::stop()
{
	if (stopping.exchange(true))
		return;
	shutdown(listener, SHUT_RDWR);
	acceptor.join();
	for (Session &session : sessions)
		session.connection.shutDown();
	for (Session &session : sessions)
		session.thread.join();
	sessions.clear();
}

void Server::acceptConnections()
{
	while (!stopping) {
		const int descriptor = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
		const int yes = 1;

		removeEndedSessions();
		if (descriptor < 0) {
			// Stopping, or out of descriptors: there may be some again in a while.
			std::this_thread::sleep_for(std::chrono::milliseconds(10));
			continue;
		}
		setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
		Session &session = sessions.emplace_back(descriptor);
		session.thread = std::thread(&Server::serve, this, std::ref(session));
	}
}

void Server::removeEndedSessions()
{
	sessions.remove_if([](Session &session) {
		const bool ended = session.ended;

		if (ended)
			session.thread.join();
		return ended;
	});
}

void Server::serve(Session &session)
{
	std::string line;

	while (session.connection.readLine(line)) {
		session.connection.writeLine(handleRequest(store, line).text);
		requestCount++;
	}
	session.connection.shutDown();
	session.ended = true;
}

} // namespace kv
