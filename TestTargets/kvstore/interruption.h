// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

namespace kv
{

/// SIGINT and SIGTERM as something to wait for, instead of something that interrupts.
///
/// Made before any thread starts, so that all of them leave the signals to it.
class Interruption
{
      public:
	Interruption();
	~Interruption();
	Interruption(const Interruption &) = delete;

	/// Waits for a signal, at most for the time given; whether one came.
	bool wait(std::optional<std::chrono::milliseconds> limit) const;
	/// Waits for a line, or the end, of stdin, or a signal; whether it was a signal.
	bool waitForInput() const;

      private:
	int descriptor;
};

} // namespace kv
