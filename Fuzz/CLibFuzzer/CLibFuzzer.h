// The one function of libFuzzer that is called (compiler-rt/lib/fuzzer/FuzzerInterface.h's library
// form): it runs until it is done or an input fails.
#pragma once
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv,
			int (*test_one_input)(const uint8_t *data, size_t size));
