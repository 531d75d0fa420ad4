// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store.h"

namespace kv
{

/// A line of the text protocol, cut into its parts.
///
///     GET key           VALUE value | NONE
///     PUT key value     OK
///     DEL key           OK | NONE
///     EXPIRE key ms     OK | NONE
///     SIZE              VALUE count
///
/// Anything else is answered by `ERROR reason`.
struct Request {
	std::string_view verb, key, argument;

	KV_VISIBLE static Request parse(std::string_view line);
};

/// What is sent back, without the line end.
struct Reply {
	std::string text;
};

/// Answers one request line.
KV_VISIBLE Reply handleRequest(Store &store, std::string_view line);

} // namespace kv
