# uprof. `make help` lists what can be made; V=1 shows the commands.

export SWIFT ?= swift
# The Swift toolchain's own clang, which knows the BPF target, or else any other.
CLANG ?= $(or $(wildcard $(dir $(realpath $(shell command -v swiftc)))clang),clang)
CLANG_FORMAT ?= clang-format
# Takes the debugging information out of BPF objects, which compilers make type information of.
BPF_STRIP := $(or $(wildcard $(dir $(CLANG))llvm-objcopy),$(shell command -v llvm-objcopy),@:)

# Atomics that return a value, which attach needs, are of Linux 5.12; the recorder runs on older ones.
BPF_CPU := v3
BPF_FLAGS = -target bpf -mcpu=$(BPF_CPU) -O2 -g -Wall -Wextra -Werror -Wno-unused-parameter \
	-Wno-gnu-variable-sized-type-not-at-end -Ibpf/include -Ibpf
# Later compilers end what cannot be reached with a call into the kernel, by the kernel's own types.
BPF_FLAGS += $(shell $(CLANG) -target bpf -mllvm -bpf-disable-trap-unreachable -x c -c /dev/null \
	-o /dev/null 2>/dev/null && echo -mllvm -bpf-disable-trap-unreachable)
BPF_OBJECTS := $(patsubst bpf/%.bpf.c,bpf/build/%.bpf.o,$(wildcard bpf/*.bpf.c)) \
	bpf/build/attach-without-session.bpf.o bpf/build/attach-legacy.bpf.o \
	bpf/build/record-legacy.bpf.o
# Programs for `uprof package build --object`, for all kernels from Linux 4.14 on.
BPF_EXAMPLES := $(patsubst bpf/%.bpf.c,bpf/build/%.bpf.o,$(wildcard bpf/examples/*.bpf.c))

# All libraries are in the executable: it starts in a third of the time, and runs on any host. Functions
# with the same code become one.
RELEASE_FLAGS := -Xswiftc -static-executable -Xlinker --icf=safe

# What the formatters look after.
SWIFT_SOURCES := Sources Tests Fuzz Package.swift
C_SOURCES = $(shell find bpf Fuzz TestTargets -name build -prune -o -name '*.[ch]' -print -o -name '*.cpp' -print)
SCRIPTS := $(wildcard scripts/*) .ci/run

ifeq ($(V),1)
Q :=
say = @:
else
Q := @
say = @printf '  %-8s %s\n'
endif
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-tests bpf build demo docs-pictures targets kernel-btf test check fuzz \
	bench static check-static test-kernels fmt lint clean

help: ## Show this list
	$(Q)scripts/help $(firstword $(MAKEFILE_LIST))

setup: ## Install what a build needs and this machine lacks (apt-get, as root or by sudo)
	$(Q)scripts/setup build

setup-tests:
	$(Q)scripts/setup build test

# Large, rarely used, and mostly the same again and again.
BPF_COMPRESSED := bpf/build/attach-legacy.bpf.o.gz

bpf: $(BPF_OBJECTS) $(BPF_COMPRESSED) $(BPF_EXAMPLES) ## Compile the BPF programs, which the executable embeds

bpf/build/record.bpf.o: BPF_CPU := v2
bpf/build/examples/%.bpf.o: BPF_CPU := v1

# Order-only: setup looks every time, but a look makes nothing newer.
bpf/build/%.bpf.o: bpf/%.bpf.c Makefile | setup
	@mkdir -p $(@D)
	$(say) BPF $(@F)
	$(Q)$(CLANG) $(BPF_FLAGS) -MD -MP -MF $@.d -c $< -o $@
	$(Q)$(BPF_STRIP) --strip-debug $@

bpf/build/attach-without-session.bpf.o: bpf/attach.bpf.c Makefile | setup
	@mkdir -p $(@D)
	$(say) BPF $(@F)
	$(Q)$(CLANG) $(BPF_FLAGS) -DUPROF_WITHOUT_SESSION -MD -MP -MF $@.d -c $< -o $@
	$(Q)$(BPF_STRIP) --strip-debug $@

# For kernels down to Linux 4.14: see bpf/legacy.bpf.h.
bpf/build/%-legacy.bpf.o: BPF_CPU := v1
bpf/build/%-legacy.bpf.o: bpf/%.bpf.c Makefile | setup
	@mkdir -p $(@D)
	$(say) BPF $(@F)
	$(Q)$(CLANG) $(BPF_FLAGS) -DUPROF_LEGACY -MD -MP -MF $@.d -c $< -o $@
	$(Q)$(BPF_STRIP) --strip-debug $@

bpf/build/%.gz: bpf/build/%
	$(Q)gzip -9 --no-name --stdout $< >$@

-include $(BPF_OBJECTS:=.d) $(BPF_EXAMPLES:=.d)

build: setup bpf ## Build .build/release/uprof
	$(say) SWIFT uprof
	$(Q)UPROF_STATIC=1 $(SWIFT) build -c release --product uprof $(RELEASE_FLAGS)

demo: build ## Measure a busy key-value server; leaves demo/flamegraph.html and .svg
	$(Q)$(MAKE) -C TestTargets build/kvstore
	$(Q)scripts/demo

docs-pictures: build setup-tests ## Make the pictures of README and docs, from a measurement
	$(Q)$(MAKE) -C TestTargets build/kvstore
	$(Q)scripts/docs-pictures

targets: setup-tests
	$(Q)$(MAKE) -C TestTargets

test: setup-tests bpf targets kernel-btf ## Run all tests; as root with BPF, a skipped one is a failure
	$(Q)scripts/test

kernel-btf: setup-tests
	$(Q)scripts/kernel-btf

test-kernels: static targets ## Run bundles on other kernels, in an emulator
	$(Q)scripts/test-kernels

# One after the other, as they are listed.
.NOTPARALLEL: check
check: export FUZZ_SECONDS := 4
check: lint static test-kernels fuzz test ## What CI runs: lint, builds, other kernels, fuzzing, all tests

fuzz: targets ## Feed the readers of foreign bytes with what libFuzzer makes up (FUZZ_SECONDS=20 each)
	$(Q)scripts/fuzz

bench: build static targets kernel-btf ## Measure uprof beside its peers; BENCH="--only formats" some of it
	$(Q)python3 -B -m bench $(BENCH) --output docs/benchmarks.md

static: build ## Make dist/uprof of it, without its symbols: one file to copy to other hosts
	@mkdir -p dist
	$(Q)strip -o dist/uprof .build/release/uprof
	$(Q)scripts/check-static dist/uprof

check-static:
	$(Q)scripts/check-static dist/uprof

fmt: setup-tests ## Format the sources
	$(Q)$(SWIFT) format --in-place --parallel --recursive $(SWIFT_SOURCES)
	$(Q)$(CLANG_FORMAT) -i $(C_SOURCES)

lint: setup-tests ## Check the formats, and the scripts with shellcheck
	$(say) LINT Swift
	$(Q)$(SWIFT) format lint --strict --parallel --recursive $(SWIFT_SOURCES)
	$(say) LINT C
	$(Q)$(CLANG_FORMAT) --dry-run -Werror $(C_SOURCES)
	$(say) LINT scripts
	$(Q)shellcheck $(SCRIPTS)

clean: ## Remove what was built
	$(Q)$(MAKE) -C TestTargets clean
	$(Q)rm -rf .build bpf/build demo dist
