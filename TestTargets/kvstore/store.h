// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "stripe.h"

namespace kv
{

/// A key-value store for many threads: a hash table in stripes, each with its own lock.
class Store
{
      public:
	/// How often each function was called: the truth a profile is compared with.
	struct Calls {
		std::atomic<unsigned long> get{0}, put{0}, erase{0}, compact{0};
	};

	explicit Store(size_t stripeCount = 8, size_t entriesPerStripe = 6000);

	KV_VISIBLE std::optional<Value> get(std::string_view key);
	KV_VISIBLE void put(std::string_view key, std::string_view value);
	KV_VISIBLE bool erase(std::string_view key);
	bool expire(std::string_view key, std::chrono::milliseconds after);
	size_t size();

	const Calls &calls() const
	{
		return counters;
	}

      private:
	/// The slow path: takes milliseconds, and whoever needs the stripe meanwhile waits.
	KV_VISIBLE void compact(Stripe &stripe);
	Stripe &stripeFor(std::string_view key);

	std::vector<std::unique_ptr<Stripe>> stripes;
	Calls counters;
};

} // namespace kv
