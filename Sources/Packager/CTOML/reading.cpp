extern "C" {
#include "CTOML.h"
}

// What toml++ takes for granted does not hold for every text: an error, not the end of the program.
#undef NDEBUG
struct Unexpected {
	unsigned line;
};
#define TOML_ASSERT(condition) (static_cast<bool>(condition) ? void() : throw Unexpected{__LINE__})
#define TOML_EXCEPTIONS	       1
#define TOML_ENABLE_FORMATTERS 0
#include <cstdio>
#include <string>
#include <toml++/toml.h>

namespace
{

struct Sink {
	uprof_toml_receiver receiver;
	void *context;

	void send(uprof_toml_kind kind, std::string_view key, std::string_view text = {}) const
	{
		receiver(context, kind, key.data(), key.size(), text.data(), text.size());
	}
};

void walk(const Sink &sink, std::string_view key, const toml::node &node)
{
	if (const auto *table = node.as_table()) {
		sink.send(UPROF_TOML_TABLE, key);
		for (const auto &[name, value] : *table)
			walk(sink, name.str(), value);
		sink.send(UPROF_TOML_END, {});
	} else if (const auto *array = node.as_array()) {
		sink.send(UPROF_TOML_ARRAY, key);
		for (const auto &value : *array)
			walk(sink, {}, value);
		sink.send(UPROF_TOML_END, {});
	} else if (const auto *string = node.as_string()) {
		sink.send(UPROF_TOML_STRING, key, string->get());
	} else if (const auto *integer = node.as_integer()) {
		sink.send(UPROF_TOML_INTEGER, key, std::to_string(integer->get()));
	} else if (const auto *boolean = node.as_boolean()) {
		sink.send(UPROF_TOML_BOOLEAN, key, boolean->get() ? "true" : "false");
	} else {
		sink.send(UPROF_TOML_OTHER, key);
	}
}

} // namespace

extern "C" size_t uprof_toml_read(const char *text, size_t size, uprof_toml_receiver receiver,
				  void *context, char *message, size_t message_size)
{
	try {
		walk(Sink{receiver, context}, {}, toml::parse(std::string_view(text, size)));
		return 0;
	} catch (const toml::parse_error &error) {
		snprintf(message, message_size, "%.*s",
			 static_cast<int>(error.description().size()), error.description().data());
		size_t line = error.source().begin.line;
		return line > 0 ? line : 1;
	} catch (const Unexpected &) {
		snprintf(message, message_size, "not understood");
		return 1;
	}
}
