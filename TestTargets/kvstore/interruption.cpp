// SPDX-License-Identifier: Apache-2.0
#include "interruption.h"

#include <csignal>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace kv
{

Interruption::Interruption()
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &signals, nullptr);
	descriptor = signalfd(-1, &signals, SFD_CLOEXEC);
}

Interruption::~Interruption()
{
	close(descriptor);
}

bool Interruption::wait(std::optional<std::chrono::milliseconds> limit) const
{
	pollfd waited = {descriptor, POLLIN, 0};

	return poll(&waited, 1, limit ? limit->count() : -1) > 0;
}

bool Interruption::waitForInput() const
{
	char byte = 0;

	while (byte != '\n') {
		pollfd waited[] = {{descriptor, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};

		poll(waited, 2, -1);
		if (waited[0].revents)
			return true;
		if (read(STDIN_FILENO, &byte, 1) != 1)
			return false;
	}
	return false;
}

} // namespace kv
