import Report
import TestSupport
import Testing

/// What `fold` makes of the output of `perf script`. All expected lines are also what
/// stackcollapse-perf.pl prints, unless a test says otherwise.
@Suite("Folding perf script")
struct PerfScriptFoldingTests {
    /// A sample of one frame after a header.
    private func sample(_ header: String, _ frames: String...) -> String {
        "\(header)\n" + frames.map { "\t\($0)\n" }.joined() + "\n"
    }

    @Test(
        "reads every form of a header",
        arguments: [
            ("java 25607 4794564.109216: 1 cycles:", "java;f 1"),
            ("java 12688 [002] 6544038.708352: 235 cpu-clock:", "java;f 235"),
            ("V8 WorkerThread 25607 4794564.109216: 104345 cycles:", "V8_WorkerThread;f 104345"),
            ("java 24636/25607 [000] 4794564.109216: 3 cycles:", "java;f 3"),
            ("kworker/0:1 12 [001] 1.5: 7 cpu-clock:u: ", "kworker/0:1;f 7"),
            ("swapper     0 [000] 158665.570607: cpu-clock:", "swapper;f 1"),
            ("x 12 5.0: 9 cycles:", "x_12_5.0:;f 9"), ("a;b 1 2.0: 4 cycles:", "a;b;f 4"),
            ("comm 1 2.0: 0 cycles:", "comm;f 1"), ("no event 17 ", "no_event;f 1"),
            ("big 1 2.0: 18446744073709551615 cycles:", "big;f 18446744073709551615"),
        ])
    func headers(header: String, line: String) throws {
        // A name has at least two characters, so that "x 12" does not end behind the x.
        #expect(try fold(sample(header, "7f12 f+0x1a (/bin/x)"), .perf) == line + "\n")
    }

    @Test(
        "names frames as stackcollapse-perf.pl does",
        arguments: [
            ("7f12 malloc (/lib/libc.so.6)", "malloc"),
            ("7f12 malloc+0x1f (/lib/libc.so.6)", "malloc"),
            ("ffff8103ce3b native_safe_halt ([kernel.kallsyms])", "native_safe_halt"),
            ("7f12 [unknown] (/usr/lib/libfoo.so.1)", "[libfoo.so.1]"),
            ("7f12 [unknown] ([unknown])", "[unknown]"),
            ("7f12 outer->inner->innermost (/bin/x)", "outer;inner_[i];innermost_[i]"),
            ("7f12 std::vector<int>::push_back(int&&) (/bin/x)", "std::vector<int>::push_back"),
            ("7f12 (anonymous namespace)::f(int) (/bin/x)", nil),
            ("7f12 ns::(anonymous namespace)::f(int) (/bin/x)", "ns::(anonymous namespace)::f"),
            ("7f12 net/http.(*Client).Do (/bin/go)", "net/http.(*Client).Do"),
            ("7f12 operator() (/bin/x)", "operator"),
            ("7f12 Lorg/x/Y;.call(Lorg/x/Z;)V (/tmp/perf-1.map)", "Lorg/x/Y:.call"),
            ("7f12 RegExp:[&<>\"'] (/tmp/perf-7539.map)", "RegExp:[&<>]"),
            ("7f12 a b c (/dir with space/x y)", "a b c"),
            ("7f12 operator-> (/bin/x)", "operator"), ("7f12 f+0xZZ (/bin/x)", "f+0xZZ"),
            ("7f12 main+0x5 (inlined)", "main"),
        ] as [(String, String?)])
    func frames(frame: String, name: String?) throws {
        let lines = try fold(sample("comm 1 2.0: 5 cycles:", frame))
        #expect(lines == "comm" + (name.map { ";" + $0 } ?? "") + " 5\n")
    }

    @Test("does not take (deleted) for a part of the name, unlike the original")
    func deletedModules() throws {
        let text = sample(
            "comm 1 2.0: 5 cycles:", "1 [unknown] (/tmp/x (deleted))", "2 f+0x1 (/tmp/x (deleted))")
        #expect(try fold(text) == "comm;f;[x] 5\n")
    }

    @Test("keeps a last sample without an empty line, unlike the original")
    func lastSample() throws {
        #expect(try fold("comm 1 2.0: 5 cycles:\n\t12 f (/x)") == "comm;f 5\n")
    }

    @Test("counts only the first event, or the one asked for")
    func events() throws {
        let text =
            sample("a1 1 2.0: 5 cycles:", "1 f (/x)")
            + sample("a1 1 2.1: 7 instructions:", "1 f (/x)")
        #expect(try fold(text) == "a1;f 5\n")
        #expect(try fold(text) { $0.event = "instructions" } == "a1;f 7\n")
        let input = try ProfileInput(path: "test", contents: Array(text.utf8))
        let remark = "only samples of cycles count; --event-filter chooses another"
        #expect(try input.fold().remarks == [remark])
    }

    @Test("shows processes, threads, marks and addresses")
    func options() throws {
        let text = sample(
            "java 24/25 2.0: 5 cycles:", "12 [unknown] (/lib/x.so)", "13 f (/tmp/perf-24.map)",
            "14 k ([kernel.kallsyms])", "15 La/b;.c (/x)", "16 v (/build/vmlinux)")
        #expect(try fold(text) == "java;v;a/b:.c;k;f;[x.so] 5\n")
        #expect(try fold(text) { $0.includesProcess = true }.hasPrefix("java-24;"))
        #expect(try fold(text) { $0.includesThread = true }.hasPrefix("java-24/25;"))
        #expect(try fold(text) { $0.marksKernel = true }.contains(";v_[k];a/b:.c;k_[k];f;"))
        #expect(try fold(text) { $0.marksJIT = true }.contains(";k;f_[j];"))
        #expect(try fold(text) { $0.includesAddresses = true }.hasSuffix(";[x.so <12>] 5\n"))
        let single = sample("sh 7 2.0: 5 cycles:", "1 f (/x)")
        #expect(try fold(single) { $0.includesThread = true } == "sh-?/7;f 5\n")
    }

    @Test("asks for what is inlined at an address, and falls back to the name")
    func inlines() throws {
        let text = sample("comm 1 2.0: 5 cycles:", "12 f+0x1 (/x)", "13 g (/y)", "14 k ([kernel])")
        let lines = try fold(text) { options in
            options.inliner = { address, function, module in
                (address, function, module) == ("12", "f+0x1", "/x") ? ["outer", "inner"] : nil
            }
        }
        #expect(lines == "comm;k;g;outer;inner 5\n")
    }

    @Test("reads CRLF, UTF-16 of both orders, UTF-8 with a mark, and gzip")
    func encodings() throws {
        let text = sample("comm 1 2.0: 5 cycles:", "1 fé𝄞 (/x)")
        let expected = "comm;fé𝄞 5\n"
        #expect(try fold(text.replacing("\n", with: "\r\n"), .perf) == expected)
        #expect(try fold([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == expected)
        let units = Array(text.utf16)
        let little = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        #expect(try fold([0xFF, 0xFE] + little) == expected)
        #expect(try fold([0xFE, 0xFF] + big) == expected)
    }

    @Test("keeps bytes that are not UTF-8")
    func invalidText() throws {
        let text = Array("comm 1 2.0: 5 cycles:\n\t1 f".utf8) + [0xFF] + Array(" (/x)\n\n".utf8)
        let input = try ProfileInput(path: "test", contents: text)
        #expect(
            try input.fold().stacks.folded == Array("comm;f".utf8) + [0xFF] + Array(" 5\n".utf8))
    }

    @Test("gives the same on any number of threads")
    func threads() throws {
        var random = SeededGenerator()
        var text = ""
        while text.utf8.count < 5 << 20 {
            let frames = (0..<Int.random(in: 1..<50, using: &random)).map { _ in
                "\t7f12 f\(Int.random(in: 0..<8, using: &random))+0x1f (/usr/bin/x)\n"
            }
            let period = Int.random(in: 1..<1_000, using: &random)
            text += "comm 1/\(period % 4 + 1) 2.0: \(period) cycles:\n" + frames.joined() + "\n"
        }
        let bytes = Array(text.utf8)
        let one = try fold(bytes)
        #expect(try fold(bytes, threads: 2) == one, "seed \(random.seed)")
        #expect(try fold(bytes, threads: 4) == one, "seed \(random.seed)")
    }
}
