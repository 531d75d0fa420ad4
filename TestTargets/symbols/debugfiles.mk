# The chain of chain.c with its debug information elsewhere, compressed, or moved; files to read,
# not to run. `make -C TestTargets` calls this one; what a tool is missing for is left out.
#
# Each variant is a directory: `program` is what is looked at, `truth` the same with all symbols.

BUILD := $(abspath ../build/debug-files)
CC := gcc
CLANG := $(shell command -v clang)
LLD := $(shell command -v ld.lld)
DWZ := $(shell command -v dwz)
LLVM_STRIP := $(shell command -v llvm-strip llvm-strip-14 | head -n 1)
ZSTD := $(shell objcopy --compress-debug-sections=zstd /bin/true /dev/null 2>/dev/null && echo yes)

ifeq ($(V),1)
Q :=
say = @:
else
Q := @
say = @printf '  %-8s %s\n'
endif

FLAGS := -O2 -g -gdwarf-5 -Wall -Wextra -fPIE
SOURCES := chain.c chain-main.c

VARIANTS := zlib zlib-gnu link-beside link-subdirectory link-no-build-id link-wrong link-itself \
	link-symbols-only build-id minidebug moved object stripped symbols
ifneq ($(ZSTD),)
VARIANTS += zstd
endif
ifneq ($(DWZ),)
VARIANTS += dwz dwz-link dwz-build-id dwz-missing
endif
ifneq ($(CLANG)$(LLD),)
VARIANTS += lld
endif
ifneq ($(LLVM_STRIP),)
VARIANTS += no-sections
endif

.DELETE_ON_ERROR:
.PHONY: all
all: $(VARIANTS:%=$(BUILD)/%/program)

# The program as it was built, and its two halves as packages ship them.
PLAIN := $(BUILD)/plain
$(PLAIN)/truth: $(SOURCES) debugfiles.mk
	$(say) CC debug-files/plain
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) -Wl,--build-id -pie -rdynamic -o $@ $(SOURCES)
$(PLAIN)/program: $(PLAIN)/truth
	$(Q)strip -o $@ $<
$(PLAIN)/program.debug: $(PLAIN)/truth
	$(Q)objcopy --only-keep-debug $< $@

# A new directory with the truth.
begin = $(Q)rm -rf $(@D) && mkdir -p $(@D) && cp $(PLAIN)/truth $(@D)
both = $(PLAIN)/program $(PLAIN)/program.debug
link = cd $(@D) && objcopy --add-gnu-debuglink=$(1) program
build_id = $$(readelf -n $(1) | sed -n 's/.*Build ID: //p')
# Where the debug file of a build ID is, below a directory.
id_path = $(2)/.build-id/$$(id=$(call build_id,$(1)); echo "$${id:0:2}/$${id:2}").debug

SHELL := /bin/bash

$(BUILD)/zlib/program $(BUILD)/zlib-gnu/program $(BUILD)/zstd/program: $(PLAIN)/truth
	$(say) OBJCOPY debug-files/$(notdir $(@D))
	$(begin)
	$(Q)objcopy --compress-debug-sections=$(notdir $(@D)) $< $@

$(BUILD)/link-beside/program: $(both)
	$(say) OBJCOPY debug-files/link-beside
	$(begin)
	$(Q)cp $(both) $(@D) && $(call link,program.debug)

$(BUILD)/link-subdirectory/program: $(both)
	$(say) OBJCOPY debug-files/link-subdirectory
	$(begin)
	$(Q)cp $(both) $(@D) && $(call link,program.debug)
	$(Q)mkdir $(@D)/.debug && mv $(@D)/program.debug $(@D)/.debug/

# The name of the debug file and its checksum are all there is.
$(BUILD)/link-no-build-id/program: $(SOURCES) debugfiles.mk
	$(say) CC debug-files/link-no-build-id
	$(Q)rm -rf $(@D) && mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) -Wl,--build-id=none -pie -o $(@D)/truth $(SOURCES)
	$(Q)cd $(@D) && objcopy --only-keep-debug truth x.dbg && strip -o program truth
	$(Q)cd $(@D) && objcopy --add-gnu-debuglink=x.dbg program

# The right name and the right build ID, but another file.
$(BUILD)/link-wrong/program: $(both)
	$(say) OBJCOPY debug-files/link-wrong
	$(begin)
	$(Q)cp $(both) $(@D) && $(call link,program.debug)
	$(Q)echo >> $(@D)/program.debug

$(BUILD)/link-itself/program: $(both)
	$(say) OBJCOPY debug-files/link-itself
	$(begin)
	$(Q)cp $(PLAIN)/program $(@D)/copy && cp $(PLAIN)/program $@
	$(Q)cd $(@D) && mv copy program.old && cp program.old self && \
		objcopy --add-gnu-debuglink=self program && rm self && ln -s program self

# A debug file without debug information, as of a program built without -g.
$(BUILD)/link-symbols-only/program: $(both)
	$(say) OBJCOPY debug-files/link-symbols-only
	$(begin)
	$(Q)cp $(PLAIN)/program $(@D) && objcopy -g $(PLAIN)/program.debug $(@D)/program.debug
	$(Q)$(call link,program.debug)

$(BUILD)/build-id/program: $(both)
	$(say) OBJCOPY debug-files/build-id
	$(begin)
	$(Q)path=$(call id_path,$(PLAIN)/truth,$(@D)/debug) && mkdir -p $$(dirname $$path) && \
		cp $(PLAIN)/program.debug $$path
	$(Q)cp $(PLAIN)/program $@

$(BUILD)/stripped/program: $(both)
	$(begin)
	$(Q)cp $(PLAIN)/program $@

# Without exports, so that only the compressed symbols name the function.
$(BUILD)/minidebug/program: $(SOURCES) debugfiles.mk
	$(say) XZ debug-files/minidebug
	$(Q)rm -rf $(@D) && mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) -Wl,--build-id -pie -o $(@D)/truth $(SOURCES)
	$(Q)cd $(@D) && objcopy --only-keep-debug truth full && \
		objcopy -S --remove-section .comment --keep-symbol=outer --keep-symbol=main full mini && \
		xz mini && objcopy -S --add-section .gnu_debugdata=mini.xz truth program && rm full mini.xz

# As prelink does: the program was moved after its debug file was split off.
$(BUILD)/moved/program: $(both)
	$(say) OBJCOPY debug-files/moved
	$(begin)
	$(Q)cp $(both) $(@D) && $(call link,program.debug)
	$(Q)objcopy --change-addresses=0x10000 $@ 2>/dev/null

$(BUILD)/object/program: chain.c debugfiles.mk
	$(say) CC debug-files/object
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) -gz -ffunction-sections -DDISCARDED -c -o $@ $<
	$(Q)cp $@ $(@D)/truth

$(BUILD)/lld/program: $(SOURCES) debugfiles.mk
	$(say) CLANG debug-files/lld
	$(Q)mkdir -p $(@D)
	$(Q)$(CLANG) $(FLAGS) -fuse-ld=lld -pie -o $@ $(SOURCES)
	$(Q)cp $@ $(@D)/truth

$(BUILD)/no-sections/program: $(PLAIN)/truth
	$(say) STRIP debug-files/no-sections
	$(begin)
	$(Q)$(LLVM_STRIP) --strip-sections -o $@ $<

# Two programs share what is common; dwz wants enough of it to be worth the effort.
dwz_common = cd $(@D) && cp $(PLAIN)/truth program && cp program second && \
	dwz -m $(1) -M $(2) program second
$(BUILD)/dwz/program: $(PLAIN)/truth
	$(say) DWZ debug-files/dwz
	$(begin)
	$(Q)$(call dwz_common,common.debug,common.debug)

$(BUILD)/dwz-missing/program: $(PLAIN)/truth
	$(say) DWZ debug-files/dwz-missing
	$(begin)
	$(Q)$(call dwz_common,common.debug,common.debug) && rm common.debug

# As Debian ships them: the debug file by build ID, the common part by a path that is relative.
$(BUILD)/dwz-link/program: $(PLAIN)/truth
	$(say) DWZ debug-files/dwz-link
	$(begin)
	$(Q)$(call dwz_common,common.debug,../common/common.debug)
	$(Q)cd $(@D) && mkdir common files && mv common.debug common/ && \
		objcopy --only-keep-debug program files/program.debug && strip program && \
		path=$(call id_path,truth,debug) && mkdir -p $$(dirname $$path) && \
		ln -s ../../../files/program.debug $$path

$(BUILD)/dwz-build-id/program: $(PLAIN)/truth
	$(say) DWZ debug-files/dwz-build-id
	$(begin)
	$(Q)$(call dwz_common,common.debug,/nowhere/common.debug)
	$(Q)cd $(@D) && path=$(call id_path,common.debug,debug) && mkdir -p $$(dirname $$path) && \
		mv common.debug $$path

$(BUILD)/symbols/program: symbols.S debugfiles.mk
	$(say) CC debug-files/symbols
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) -nostdlib -static -o $@ $<
	$(Q)cp $@ $(@D)/truth
