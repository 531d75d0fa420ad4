// SPDX-License-Identifier: Apache-2.0
#include "load.h"

#include <system_error>

namespace kv
{

namespace
{

constexpr unsigned batchSize = 8;

} // namespace

LoadGenerator::LoadGenerator(uint16_t port, unsigned clientCount, unsigned keys)
    : port(port), keys(keys)
{
	for (unsigned i = 0; i < clientCount; i++)
		clients.emplace_back(&LoadGenerator::runClient, this, i + 1);
}

LoadGenerator::~LoadGenerator()
{
	stop();
}

unsigned long LoadGenerator::stop()
{
	stopping = true;
	for (std::thread &client : clients)
		client.join();
	clients.clear();
	return failureCount;
}

void LoadGenerator::runClient(unsigned seed)
{
	std::minstd_rand random(seed);

	try {
		Connection connection = Connection::toLocalPort(port);

		while (!stopping && exchangeBatch(connection, random))
			;
	} catch (const std::system_error &) {
		failureCount++;
	}
}

bool LoadGenerator::exchangeBatch(Connection &connection, std::minstd_rand &random)
{
	std::string reply;

	for (unsigned i = 0; i < batchSize; i++)
		connection.writeLine(makeRequest(random));
	for (unsigned i = 0; i < batchSize; i++) {
		if (!connection.readLine(reply)) {
			failureCount++;
			return false;
		}
		if (reply.compare(0, 5, "ERROR") == 0)
			failureCount++;
	}
	return true;
}

std::string LoadGenerator::makeRequest(std::minstd_rand &random) const
{
	const double place = std::uniform_real_distribution<>()(random);
	const unsigned dice = std::uniform_int_distribution<unsigned>(0, 99)(random);
	// The cube makes a few keys hot, as they are in life.
	const std::string key = "user:" + std::to_string(unsigned(place * place * place * keys));

	if (dice < 70)
		return "GET " + key;
	if (dice < 95)
		return "PUT " + key + " " + std::string(20 + random() % 400, 'a' + dice % 26);
	if (dice < 98)
		return "EXPIRE " + key + " " + std::to_string(100 + random() % 1000);
	return "DEL " + key;
}

} // namespace kv
