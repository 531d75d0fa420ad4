// SPDX-License-Identifier: Apache-2.0
#include "protocol.h"

#include <charconv>

namespace kv
{

namespace
{

/// Takes the text up to the next space off the front.
std::string_view nextWord(std::string_view &rest)
{
	const size_t end = std::min(rest.find(' '), rest.size());
	const std::string_view word = rest.substr(0, end);

	rest.remove_prefix(std::min(end + 1, rest.size()));
	return word;
}

Reply expireReply(Store &store, const Request &request)
{
	unsigned milliseconds = 0;
	const char *end = request.argument.data() + request.argument.size();

	if (std::from_chars(request.argument.data(), end, milliseconds).ec != std::errc())
		return {"ERROR not a number of milliseconds"};
	if (!store.expire(request.key, std::chrono::milliseconds(milliseconds)))
		return {"NONE"};
	return {"OK"};
}

} // namespace

Request Request::parse(std::string_view line)
{
	Request request;

	request.verb = nextWord(line);
	request.key = nextWord(line);
	request.argument = line;
	return request;
}

Reply handleRequest(Store &store, std::string_view line)
{
	const Request request = Request::parse(line);

	if (request.verb == "SIZE")
		return {"VALUE " + std::to_string(store.size())};
	if (request.key.empty())
		return {"ERROR a key is missing"};
	if (request.verb == "GET") {
		const auto value = store.get(request.key);

		return {value ? "VALUE " + value->text : "NONE"};
	}
	if (request.verb == "PUT") {
		store.put(request.key, request.argument);
		return {"OK"};
	}
	if (request.verb == "DEL")
		return {store.erase(request.key) ? "OK" : "NONE"};
	if (request.verb == "EXPIRE")
		return expireReply(store, request);
	return {"ERROR unknown request"};
}

} // namespace kv
