// SPDX-License-Identifier: Apache-2.0
#include "connection.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace kv
{

Connection Connection::toLocalPort(uint16_t port)
{
	Connection connection(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
	const int yes = 1;
	sockaddr_in address = {};

	address.sin_family = AF_INET;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	address.sin_port = htons(port);
	if (connect(connection.descriptor, reinterpret_cast<sockaddr *>(&address), sizeof(address)))
		throw std::system_error(errno, std::generic_category(), "cannot connect");
	setsockopt(connection.descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	return connection;
}

Connection::Connection(Connection &&other) noexcept
    : descriptor(std::exchange(other.descriptor, -1)), incoming(std::move(other.incoming)),
      outgoing(std::move(other.outgoing)), position(other.position)
{
}

Connection::~Connection()
{
	if (descriptor >= 0)
		close(descriptor);
}

bool Connection::readLine(std::string &line)
{
	size_t end;

	while ((end = incoming.find('\n', position)) == std::string::npos)
		if (!flush() || !fill())
			return false;
	line.assign(incoming, position, end - position);
	position = end + 1;
	return true;
}

void Connection::writeLine(std::string_view line)
{
	outgoing += line;
	outgoing += '\n';
}

bool Connection::flush()
{
	size_t sent = 0;

	while (sent < outgoing.size()) {
		const ssize_t count =
		    send(descriptor, outgoing.data() + sent, outgoing.size() - sent, MSG_NOSIGNAL);

		if (count <= 0)
			return false;
		sent += count;
	}
	outgoing.clear();
	return true;
}

void Connection::shutDown()
{
	shutdown(descriptor, SHUT_RDWR);
}

bool Connection::fill()
{
	char block[16384];
	const ssize_t count = recv(descriptor, block, sizeof(block), 0);

	if (count <= 0)
		return false;
	incoming.erase(0, position);
	position = 0;
	incoming.append(block, count);
	return true;
}

} // namespace kv
