// SPDX-License-Identifier: Apache-2.0
#include "stripe.h"

namespace kv
{

size_t hashKey(std::string_view key)
{
	size_t hash = 0xcbf29ce484222325;

	for (unsigned char byte : key)
		hash = (hash ^ byte) * 0x100000001b3;
	return hash;
}

std::optional<Value> Stripe::find(std::string_view key)
{
	const std::lock_guard guard(lock);
	const auto position = touch(key);

	if (position == index.end())
		return std::nullopt;
	return Value{position->second->value};
}

bool Stripe::insert(std::string_view key, std::string_view value)
{
	const std::lock_guard guard(lock);
	const auto position = touch(key);

	if (position != index.end()) {
		position->second->value = value;
		position->second->expiry.reset();
	} else {
		entries.push_front({std::string(key), std::string(value), std::nullopt});
		index.emplace(entries.front().key, entries.begin());
		if (entries.size() > capacity)
			evictOldest();
	}
	return ++changes >= capacity;
}

bool Stripe::erase(std::string_view key)
{
	const std::lock_guard guard(lock);
	const auto position = touch(key);

	if (position == index.end())
		return false;
	remove(position);
	return true;
}

bool Stripe::expire(std::string_view key, Clock::time_point when)
{
	const std::lock_guard guard(lock);
	const auto position = touch(key);

	if (position == index.end())
		return false;
	position->second->expiry = when;
	return true;
}

void Stripe::rebuild()
{
	const std::lock_guard guard(lock);
	Entries fresh;
	Index freshIndex;

	freshIndex.reserve(entries.size());
	for (const Entry &entry : entries) {
		if (entry.expired())
			continue;
		fresh.push_back(entry);
		freshIndex.emplace(fresh.back().key, std::prev(fresh.end()));
	}
	index.swap(freshIndex);
	entries.swap(fresh);
	changes = 0;
}

size_t Stripe::size()
{
	const std::lock_guard guard(lock);

	return entries.size();
}

Stripe::Index::iterator Stripe::touch(std::string_view key)
{
	const auto position = index.find(key);

	if (position == index.end())
		return position;
	if (position->second->expired()) {
		remove(position);
		return index.end();
	}
	entries.splice(entries.begin(), entries, position->second);
	return position;
}

void Stripe::evictOldest()
{
	remove(index.find(entries.back().key));
}

void Stripe::remove(Index::iterator position)
{
	const auto entry = position->second;

	// The index goes first: its key is a view into the entry.
	index.erase(position);
	entries.erase(entry);
}

} // namespace kv
