// SPDX-License-Identifier: Apache-2.0
#include "store.h"

namespace kv
{

Store::Store(size_t stripeCount, size_t entriesPerStripe)
{
	for (size_t i = 0; i < stripeCount; i++)
		stripes.push_back(std::make_unique<Stripe>(entriesPerStripe));
}

std::optional<Value> Store::get(std::string_view key)
{
	counters.get++;
	return stripeFor(key).find(key);
}

void Store::put(std::string_view key, std::string_view value)
{
	Stripe &stripe = stripeFor(key);

	counters.put++;
	if (stripe.insert(key, value))
		compact(stripe);
}

bool Store::erase(std::string_view key)
{
	counters.erase++;
	return stripeFor(key).erase(key);
}

bool Store::expire(std::string_view key, std::chrono::milliseconds after)
{
	return stripeFor(key).expire(key, Clock::now() + after);
}

size_t Store::size()
{
	size_t total = 0;

	for (const auto &stripe : stripes)
		total += stripe->size();
	return total;
}

void Store::compact(Stripe &stripe)
{
	counters.compact++;
	stripe.rebuild();
}

Stripe &Store::stripeFor(std::string_view key)
{
	// The high bits: the stripe's own table uses the low ones.
	return *stripes[(hashKey(key) >> 40) % stripes.size()];
}

} // namespace kv
