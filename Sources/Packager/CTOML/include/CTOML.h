// TOML for Swift: toml++, which is C++, as a list of events.
#ifndef UPROF_CTOML_H
#define UPROF_CTOML_H

#include <stddef.h>

/// What comes next in a document.
enum uprof_toml_kind {
	UPROF_TOML_TABLE,   ///< a table starts
	UPROF_TOML_ARRAY,   ///< an array starts
	UPROF_TOML_END,	    ///< the table or array ends
	UPROF_TOML_STRING,  ///< a string
	UPROF_TOML_INTEGER, ///< an integer, in decimal digits
	UPROF_TOML_BOOLEAN, ///< "true" or "false"
	UPROF_TOML_OTHER,   ///< a number with a fraction, a date or a time
};

/// Receives an event: the key it has in its table (none in an array), and a value's text.
typedef void (*uprof_toml_receiver)(void *context, enum uprof_toml_kind kind, const char *key,
				    size_t key_size, const char *text, size_t text_size);

/// Reads a document. Returns 0, or the line of the first error, of which message tells.
size_t uprof_toml_read(const char *text, size_t size, uprof_toml_receiver receiver, void *context,
		       char *message, size_t message_size);

#endif
