import Foundation
import TestSupport
import Testing

extension Sampling {
    /// Code that a program makes while it runs has the names the program tells.
    @Suite(.serialized) struct GeneratedCodeTests {
        /// Makes a loop, tells its name by a perf map or a jitdump, prints where, and runs it.
        private static let source = """
            #include <fcntl.h>
            #include <stdint.h>
            #include <stdio.h>
            #include <string.h>
            #include <sys/mman.h>
            #include <unistd.h>

            /* push rbp; mov rbp, rsp; mov rax, rdi; 1: dec rax; jnz 1b; pop rbp; ret */
            static const unsigned char code[] = {0x55, 0x48, 0x89, 0xe5, 0x48, 0x89, 0xf8,
                0x48, 0xff, 0xc8, 0x75, 0xfb, 0x5d, 0xc3};
            static char path[256];

            static void write_map(void *start) {
                snprintf(path, sizeof path, "/tmp/perf-%d.map", getpid());
                FILE *file = fopen(path, "w");
                fprintf(file, "%lx %zx generated loop\\n", (unsigned long)start, sizeof code);
                fclose(file);
            }

            static void write_dump(void *start, const char *directory) {
                const char name[] = "generated loop";
                uint32_t header[] = {0x4a695444, 1, 40, 62, 0, getpid(), 1, 0, 0, 0};
                uint32_t prefix[] = {0, 16 + 8 + 32 + sizeof name + sizeof code, 1, 0,
                    getpid(), getpid()};
                uint64_t load[] = {(uintptr_t)start, (uintptr_t)start, sizeof code, 1};
                snprintf(path, sizeof path, "%s/jit-%d.dump", directory, getpid());
                FILE *file = fopen(path, "w+");
                fwrite(header, 1, sizeof header, file);
                fwrite(prefix, 1, sizeof prefix, file);
                fwrite(load, 1, sizeof load, file);
                fwrite(name, 1, sizeof name, file);
                fwrite(code, 1, sizeof code, file);
                fflush(file);
                mmap(0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, fileno(file), 0);
            }

            int main(int argc, char **argv) {
                void *start = mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
                memcpy(start, code, sizeof code);
                if (argc > 1) write_dump(start, argv[1]); else write_map(start);
                puts(path);
                fflush(stdout);
                ((void (*)(long))start)(2000000000);
                return 0;
            }
            """

        @Test(arguments: [false, true])
        func hasTheNamesTheProgramTells(byDump: Bool) async throws {
            let directory = try ScratchDirectory()
            let program = directory.file("generator")
            let source = try directory.write(Self.source, to: "generator.c")
            let compiler = try #require(Tool.path("gcc"))
            try await run(
                compiler, ["-O2", "-fno-omit-frame-pointer", source, "-o", program]
            ).check()
            let recording = try await Record.command(
                [program] + (byDump ? [directory.file(".")] : []),
                options: ["--freq", "499", "--no-kernel"])
            let told = recording.uprof.standardOutput.split(separator: "\n").first.map(String.init)
            if let told { unlink(told) }
            #expect(recording.total() > 50, "\(recording)")
            let named = recording.total { $0.frames.last?.hasPrefix("generated loop") == true }
            #expect(Double(named) > 0.9 * Double(recording.total()), "\(recording)")
            let whole = recording.total {
                $0.frames(from: "main") == ["main", "generated loop_[j]"]
            }
            #expect(Double(whole) > 0.9 * Double(recording.total()), "\(recording)")
        }
    }
}
