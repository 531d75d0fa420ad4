import Glibc
import TestSupport
import Testing

@testable import Symbolizer

@Suite struct KernelSymbolsTests {
    private static let list = """
        ffffffff81000000 T _text
        ffffffff81000000 T srso_alias_untrain_ret
        ffffffff81000000 T __entry_text_start
        ffffffff81000100 t local_one
        ffffffff81000100 W weak_one
        ffffffff81000200 T __x64_sys_read
        ffffffff81000200 T sys_read
        bad line
        ffffffff8100020 X
        ffffffff81000300 t .text.unlikely
        ffffffff81000400 T _etext
        ffffffff82000000 D jiffies
        ffffffff82000010 t after_data
        0000000000001000 A fixed_percpu_data
        ffffffffc0001000 t ext4_read\t[ext4]
        ffffffffc0001040 t ext4_write\t[ext4]
        ffffffffc0009ff0 t nf_hook\t[nf_tables]
        ffffffffc0019000 t bpf_prog_6deef7357e7b4530_sd\t[bpf]
        """

    private func symbols(_ text: String = list) throws -> KernelSymbols {
        try KernelSymbols(parsing: Array(text.utf8))
    }

    @Test(
        arguments: [
            (0xffff_ffff_8100_0000, "srso_alias_untrain_ret+0x0 in [kernel]"),
            (0xffff_ffff_8100_00ff, "srso_alias_untrain_ret+0xff in [kernel]"),
            // Local before weak, as in images; plain before underscored.
            (0xffff_ffff_8100_0100, "local_one+0x0 in [kernel]"),
            (0xffff_ffff_8100_0250, "sys_read+0x50 in [kernel]"),
            (0xffff_ffff_8100_0300, ".text.unlikely+0x0 in [kernel]"),
            (0xffff_ffff_8200_0010, "after_data+0x0 in [kernel]"),
            (0xffff_ffff_c000_1044, "ext4_write+0x4 in [ext4]"),
            (0xffff_ffff_c000_9ff0, "nf_hook+0x0 in [nf_tables]"),
            (0xffff_ffff_c001_9010, "bpf_prog_6deef7357e7b4530_sd+0x10 in [bpf]"),
            // Behind the end of the code, in data, between modules, before and behind all.
            (0xffff_ffff_8100_0400, nil), (0xffff_ffff_8100_0401, nil),
            (0xffff_ffff_8200_0004, nil), (0xffff_ffff_c000_2000, nil),
            (0xffff_ffff_c000_a000, nil), (0xffff_ffff_c001_a000, nil), (.max, nil), (0x1000, nil),
            (0, nil),
        ] as [(UInt64, String?)])
    func `names addresses of the kernel`(address: UInt64, expected: String?) throws {
        let frame = try symbols().frame(for: Address(address))
        guard let expected else {
            #expect(frame.name == .unknown(.betweenSymbols))
            return
        }
        #expect(frame.description == expected)
        guard case .function(let function, _) = frame.name else { return }
        #expect(function.source == .kernel)
        #expect(function.probeability == .notProbeable(.notInFile))
    }

    @Test func `tells why there are no names, and what to do`() throws {
        let hidden = "0000000000000000 T _text\n0000000000000000 t do_read\n"
        let error = #expect(throws: KernelSymbolsError.self) { try symbols(hidden) }
        #expect(error == .hidden)
        #expect(error?.description.contains("kptr_restrict") == true)
        for text in ["", "\n\n", "no symbols", "12345678901234567 T too_long"] {
            #expect(throws: KernelSymbolsError.empty) { try symbols(text) }
        }
    }

    @Test func `a list without a last line feed is whole`() throws {
        let one = try symbols("ffffffff81000000 t only [m]")
        #expect(one.frame(for: Address(0xffff_ffff_8100_0fff)).functionName == "only")
        #expect(one.frame(for: Address(0xffff_ffff_8100_0fff)).modulePath == "[m]")
        let last = try symbols("ffffffffffffffff t top")
        #expect(last.frame(for: Address(.max)).functionName == "[unknown]")
        #expect(last.count == 1)
    }

    static let isReadable = (try? KernelSymbols()) != nil

    @Test(.enabled(if: isReadable, "the kernel hides its addresses from this user"))
    func `names every function of the running kernel`() throws {
        // One reading for both: BPF programs, which are listed too, come and go.
        let text = try Fixture.output("cat /proc/kallsyms")
        let kernel = try KernelSymbols(parsing: Array(text.utf8))
        var lines = 0
        var names: [UInt64: Set<Substring>] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            // BPF programs come and go.
            guard "TtWw".contains(words[1]), words.last != "[bpf]",
                let address = UInt64(words[0], radix: 16)
            else { continue }
            lines += 1
            names[address, default: []].insert(words[2])
        }
        #expect(lines > 10_000)
        var wrong: [String] = []
        for (address, expected) in names {
            let name = kernel.frame(for: Address(address)).functionName
            if expected.contains(Substring(name)) { continue }
            // The ends of ranges are no functions.
            if expected.allSatisfy({
                $0.hasSuffix("_text_end") || $0 == "_etext" || $0 == "_einittext"
            }) {
                continue
            }
            wrong.append("\(name), not \(expected)")
        }
        #expect(wrong.isEmpty)
    }

    @Test func `survives damage`() throws {
        let original = Array(Self.list.utf8)
        var random = SeededGenerator(seed: 5)
        for count in 0...original.count {
            var bytes = Array(original.prefix(count))
            if count % 2 == 0, count > 0 {
                bytes[Int.random(in: 0..<count, using: &random)] = .random(
                    in: 0...255, using: &random)
            }
            guard let kernel = try? KernelSymbols(parsing: bytes) else { continue }
            for address in [0, 0xffff_ffff_8100_0100, 0xffff_ffff_c000_1044, UInt64.max] {
                _ = kernel.frame(for: Address(address))
            }
        }
    }
}
