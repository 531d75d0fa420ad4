import Foundation
import Report
import Symbolizer
import TestSupport
import Testing

@testable import Profiler

/// What the kernel says of its functions, beside its list of them.
@Suite(.serialized, .enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
struct KernelNamesTests {
    /// A function of the list.
    private struct Listed: Hashable {
        var name: String
        var module: String?
    }

    /// Functions by their addresses, which more than one can have.
    private static func list() throws -> [UInt64: Set<Listed>] {
        var functions: [UInt64: Set<Listed>] = [:]
        let file = try #require(FileHandle(forReadingAtPath: "/proc/kallsyms"))
        let text = String(decoding: try #require(try file.readToEnd()), as: UTF8.self)
        for line in text.split(separator: "\n") {
            let words = line.split { $0 == " " || $0 == "\t" }
            guard words.count >= 3, ["t", "T"].contains(words[1]),
                let address = UInt64(words[0], radix: 16), address != 0
            else { continue }
            let module = words.dropFirst(3).first.map(String.init)
            functions[address, default: []].insert(Listed(name: String(words[2]), module: module))
        }
        return functions
    }

    @Test func areThoseOfTheList() throws {
        let query = try KernelNameQuery()
        let functions = try Self.list()
        try #require(functions.count > 10_000)
        var generator = SeededGenerator(seed: 4)
        for address in functions.keys.sorted().shuffled(using: &generator).prefix(2_000) {
            let listed = functions[address] ?? []
            guard case .function(let name) = query.answer(for: Address(address)) else {
                #expect(listed.contains { KernelMark.isEnd(name: $0.name) }, "\(listed)")
                continue
            }
            #expect(listed.contains(Listed(name: name.name, module: name.module)), "\(listed)")
            #expect(name.offset == 0)
        }
    }

    @Test(arguments: [0, 0x1000, 0x7fff_ffff_f000, .max] as [UInt64])
    func areNoneOutsideOfTheKernel(address: UInt64) throws {
        #expect(try KernelNameQuery().answer(for: Address(address)) == .nothing)
    }

    /// Without a program, the list is read.
    @Test func areTheSameWithoutAsking() throws {
        let functions = try Self.list().filter { $0.value.count == 1 }
        var generator = SeededGenerator(seed: 5)
        let addresses = functions.keys.sorted().shuffled(using: &generator).prefix(500)
            .map { Address($0 + 1) }
        var asked = KernelNames(mayAsk: true)
        var listed = KernelNames(mayAsk: false)
        for address in addresses {
            asked.ask(for: [address])
            listed.ask(for: [address])
        }
        asked.finish()
        listed.finish()
        for address in addresses {
            #expect(asked.frame(at: address) == listed.frame(at: address))
        }
        let named = addresses.count { asked.frame(at: $0).name != "[unknown]" }
        #expect(named > 490)
    }

    @Test func areReadAsTheKernelPrintsThem() {
        typealias Function = KernelNameQuery.Function
        #expect(
            Function("schedule+0x1f/0x60".utf8)
                == Function(name: "schedule", module: nil, offset: 0x1f, size: 0x60))
        #expect(
            Function("ext4_read+0x0/0x1a0 [ext4]".utf8)
                == Function(name: "ext4_read", module: "[ext4]", offset: 0, size: 0x1a0))
        for text in ["0xffffffff81000000", "", "schedule", "schedule+0x1f", "+0x1/0x2", "a+b/c"] {
            #expect(Function(text.utf8) == nil)
        }
    }
}
