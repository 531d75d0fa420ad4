/*
 * Takes the place of FoundationEssentials in the static executable, 5 MB of it. ArgumentParser is
 * the only one to use it: it writes its own description as JSON (--experimental-dump-help), and
 * asks errors whether they are `LocalizedError`s, which those of uprof are not.
 */
#include <stdlib.h>
#include <unistd.h>

static void say_that_it_is_missing(void)
{
	static const char message[] = "uprof: this is not part of a static uprof\n";

	if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
		_exit(1);
	_exit(64);
}

#define MISSING(name, symbol)                                                                      \
	void name(void) __asm__(symbol);                                                           \
	void name(void)                                                                            \
	{                                                                                          \
		say_that_it_is_missing();                                                          \
	}

MISSING(json_encoder_type, "$s20FoundationEssentials11JSONEncoderCMa")
MISSING(json_encoder_init, "$s20FoundationEssentials11JSONEncoderCACycfc")
MISSING(sorted_keys, "$s20FoundationEssentials11JSONEncoderC16OutputFormattingV10sortedKeysAEvau")
MISSING(pretty_printed,
	"$s20FoundationEssentials11JSONEncoderC16OutputFormattingV13prettyPrintedAEvau")
MISSING(string_of_data,
	"$sSS20FoundationEssentialsE4data8encodingSSSgAA4DataVh_SSAAE8EncodingVtcfC")
MISSING(encoding_utf8, "$sSS20FoundationEssentialsE8EncodingV4utf8ACvau")

/*
 * The protocol, which nothing conforms to. Layout: `TargetProtocolDescriptor` of Swift's
 * include/swift/ABI/Metadata.h: flags, parent, name, how many requirements and of which kinds.
 */
__asm__(".section .rodata\n"
	".balign 4\n"
	".globl \"$s20FoundationEssentials14LocalizedErrorMp\"\n"
	"\"$s20FoundationEssentials14LocalizedErrorMp\":\n"
	"	.long 0x00010043\n"
	"	.long 0\n"
	"	.long .Lprotocol_name - .\n"
	"	.long 0\n"
	"	.long 0\n"
	"	.long 0\n"
	".Lprotocol_name:\n"
	"	.asciz \"LocalizedError\"\n"
	".text\n");
