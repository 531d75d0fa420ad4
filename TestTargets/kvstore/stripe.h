// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "noinline.h"

namespace kv
{

using Clock = std::chrono::steady_clock;

/// Hashes a key (FNV-1a).
KV_VISIBLE size_t hashKey(std::string_view key);

/// What a key stands for. A type of our own, so that no `[abi:cxx11]` gets into function names.
struct Value {
	std::string text;
};

/// One part of the store with a lock of its own: a hash table of entries in order of last use.
class Stripe
{
      public:
	explicit Stripe(size_t capacity) : capacity(capacity)
	{
	}

	std::optional<Value> find(std::string_view key);
	/// Inserts or replaces; returns whether the stripe has seen enough changes to be compacted.
	bool insert(std::string_view key, std::string_view value);
	bool erase(std::string_view key);
	bool expire(std::string_view key, Clock::time_point when);
	/// Drops what has expired and copies what is left into fresh memory, lock held throughout.
	KV_VISIBLE void rebuild();
	size_t size();

      private:
	struct Entry {
		std::string key, value;
		std::optional<Clock::time_point> expiry;

		bool expired() const
		{
			return expiry && *expiry <= Clock::now();
		}
	};
	/// Most recently used first.
	using Entries = std::list<Entry>;

	struct KeyHash {
		size_t operator()(std::string_view key) const
		{
			return hashKey(key);
		}
	};
	/// The keys are views into the entries, which never move.
	using Index = std::unordered_map<std::string_view, Entries::iterator, KeyHash>;

	/// The live entry for a key, moved to the front; an expired one is removed on the way.
	Index::iterator touch(std::string_view key);
	KV_VISIBLE void evictOldest();
	void remove(Index::iterator position);

	const size_t capacity;
	std::mutex lock;
	Entries entries;
	Index index;
	size_t changes = 0;
};

} // namespace kv
