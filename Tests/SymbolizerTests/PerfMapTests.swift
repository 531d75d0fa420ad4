import TestSupport
import Testing

@testable import Symbolizer

@Suite struct PerfMapTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var shows: String
        var text: String
        var names: [UInt64: String?]
        var skipped = 0
        var testDescription: String { shows }
    }

    static let cases = [
        Case(
            shows: "lines", text: "1000 10 alpha\n1010 8 beta\n",
            names: [0xfff: nil, 0x1000: "alpha", 0x100f: "alpha", 0x1010: "beta", 0x1018: nil]),
        Case(
            shows: "names with spaces", text: "1000 10 LazyCompile:~run /a b.js:1:2\n",
            names: [0x1008: "LazyCompile:~run /a b.js:1:2"]),
        Case(
            shows: "0x", text: "0x1000 0x10 x\n0X2000 0X10 y\n",
            names: [0x100f: "x", 0x200f: "y", 0x1010: nil]),
        Case(
            shows: "digits of both cases", text: "7fFFAb00 A b\n", names: [0x7fff_ab09: "b"]),
        Case(shows: "an empty file", text: "", names: [0: nil, 0x1000: nil, .max: nil]),
        Case(
            shows: "no last line feed", text: "1000 10 whole\n2000 10 part",
            names: [0x1000: "whole", 0x2000: "part"]),
        Case(
            shows: "the later of two at one address", text: "1000 10 old\n1000 10 new\n",
            names: [0x1000: "new", 0x100f: "new"]),
        Case(
            shows: "the later where two overlap", text: "1000 100 old\n1010 10 new\n",
            names: [0x100f: "old", 0x1010: "new", 0x101f: "new", 0x1020: "old", 0x10ff: "old"]),
        Case(
            shows: "a later one that covers several",
            text: "1000 10 a\n1010 10 b\n1008 10 c\n0ff0 100 all\n",
            names: [0x1000: "all", 0x1010: "all", 0xff0: "all", 0x10f0: nil]),
        Case(
            shows: "lines that are none",
            text: "nonsense\n1000\n1000 10\n1000 10 \n 1000 10 x\n-1 10 x\n1000 0 empty\n"
                + "11112222333344445 1 long\n\n1000 g x\n3000 1 good\r\n",
            names: [0x1000: nil, 0x3000: "good"], skipped: 9),
        Case(
            shows: "the end of the address space", text: "fffffffffffffff0 100 top\n",
            names: [.max - 1: "top", 0: nil, .max: nil]),
        Case(shows: "names of other bytes", text: "1000 1 naïve→\n", names: [0x1000: "naïve→"]),
    ]

    @Test(arguments: cases)
    func `names generated code`(map: Case) {
        let read = PerfMap(parsing: Array(map.text.utf8))
        for (address, name) in map.names {
            #expect(read.lookup(Address(address))?.name == name, "0x\(String(address, radix: 16))")
        }
        #expect(read.skippedLines == map.skipped)
    }

    /// However the text comes, the names are the same once all of it is there.
    @Test(arguments: cases)
    func `reads a text that grows`(map: Case) {
        let bytes = Array((map.text.hasSuffix("\n") ? map.text : map.text + "\n").utf8)
        for cut in 0...bytes.count {
            var read = PerfMap()
            let taken = read.append(Array(bytes[..<cut]))
            read.append(Array(bytes[taken...]))
            for (address, name) in map.names {
                #expect(read.lookup(Address(address))?.name == name)
            }
        }
    }

    /// Every byte is named as by the simplest way to do it: a table of all addresses.
    @Test func `paints as a table of all addresses would`() {
        var random = SeededGenerator(seed: 17)
        for _ in 0..<200 {
            var expected = [String?](repeating: nil, count: 256)
            var text = ""
            for number in 0..<Int.random(in: 1...30, using: &random) {
                let start = Int.random(in: 0..<200, using: &random)
                let size = Int.random(in: 1...56, using: &random)
                let name = "f\(number)"
                text += "\(String(start, radix: 16)) \(String(size, radix: 16)) \(name)\n"
                for address in start..<start + size { expected[address] = name }
            }
            let map = PerfMap(parsing: Array(text.utf8))
            let found = expected.indices.map { map.lookup(Address(UInt64($0)))?.name }
            #expect(found == expected)
        }
    }

    @Test func `survives bytes of all kinds`() {
        var random = SeededGenerator(seed: 23)
        let letters = Array("0123456789abcdefx \n\n name".utf8)
        for round in 0..<300 {
            let bytes = (0..<200).map { _ in
                round % 2 == 0
                    ? letters[Int.random(in: 0..<letters.count, using: &random)]
                    : UInt8.random(in: 0...255, using: &random)
            }
            let map = PerfMap(parsing: bytes)
            for address in [0, 1, 0x10, UInt64.max] { _ = map.lookup(Address(address)) }
        }
    }
}
