import TestSupport
import Testing

@testable import Symbolizer

@Suite struct JITDumpTests {
    /// Writes the format as its specification has it, in either byte order.
    struct Writer {
        var isBig = false
        var bytes: [UInt8] = []

        mutating func put<Value: FixedWidthInteger>(_ value: Value) {
            withUnsafeBytes(of: isBig ? value.bigEndian : value.littleEndian) { bytes += $0 }
        }

        mutating func header(version: UInt32 = 1, extra: Int = 0) {
            put(UInt32(0x4a69_5444))
            put(version)
            put(UInt32(40 + extra))
            for field in [62, 0, 77] as [UInt32] { put(field) }  // machine, padding, process
            for field in [1000, 0] as [UInt64] { put(field) }  // time, flags
            bytes += [UInt8](repeating: 0xee, count: extra)
        }

        mutating func record(_ kind: UInt32, time: UInt64, _ body: (inout Writer) -> Void) {
            var inner = Writer(isBig: isBig)
            body(&inner)
            put(kind)
            put(UInt32(16 + inner.bytes.count))
            put(time)
            bytes += inner.bytes
        }

        mutating func load(
            _ name: String, at address: UInt64, size: Int, number: UInt64 = 0, time: UInt64
        ) {
            record(0, time: time) { inner in
                inner.put(UInt32(77))
                inner.put(UInt32(78))
                for field in [address, address, UInt64(size), number] { inner.put(field) }
                inner.bytes += Array(name.utf8) + [0] + [UInt8](repeating: 0x90, count: size)
            }
        }

        mutating func move(
            from old: UInt64, to new: UInt64, size: UInt64, number: UInt64, time: UInt64
        ) {
            record(1, time: time) { inner in
                inner.put(UInt32(77))
                inner.put(UInt32(78))
                for field in [new, old, new, size, number] { inner.put(field) }
            }
        }

        mutating func lines(_ address: UInt64, _ lines: [(UInt64, UInt32, [UInt8])]) {
            record(2, time: 1) { inner in
                inner.put(address)
                inner.put(UInt64(lines.count))
                for (place, line, file) in lines {
                    inner.put(place)
                    inner.put(line)
                    inner.put(UInt32(0))
                    inner.bytes += file + [0]
                }
            }
        }

        mutating func unwinding(_ data: [UInt8], index: UInt64) {
            record(4, time: 1) { inner in
                for field in [UInt64(data.count), index, 0] { inner.put(field) }
                inner.bytes += data
            }
        }
    }

    private func written(isBig: Bool, _ body: (inout Writer) -> Void) -> [UInt8] {
        var writer = Writer(isBig: isBig)
        writer.header()
        body(&writer)
        return writer.bytes
    }

    private func name(_ dump: JITDump?, _ address: UInt64) -> String? {
        dump?.lookup(Address(address))?.name
    }

    @Test(arguments: [false, true])
    func `names code in either byte order`(isBig: Bool) {
        let dump = JITDump(
            parsing: written(isBig: isBig) {
                $0.load("first function", at: 0x1000, size: 32, time: 5)
                $0.record(3, time: 9) { _ in }
                $0.record(99, time: 9) { $0.bytes = [1, 2, 3] }
                $0.load("second", at: 0x1020, size: 8, time: 6)
            })
        #expect(dump?.count == 2)
        #expect(name(dump, 0x101f) == "first function")
        #expect(name(dump, 0x1020) == "second")
        #expect(name(dump, 0x1028) == nil)
        #expect(dump?.skippedRecords == 0)
    }

    @Test func `the latest by time counts, not the last in the file`() {
        let dump = JITDump(
            parsing: written(isBig: false) {
                $0.load("new", at: 0x1000, size: 16, time: 20)
                $0.load("old", at: 0x1000, size: 32, time: 10)
                $0.load("same time, later record", at: 0x1008, size: 4, time: 20)
            })
        #expect(name(dump, 0x1000) == "new")
        #expect(name(dump, 0x1008) == "same time, later record")
        #expect(name(dump, 0x100c) == "new")
        #expect(name(dump, 0x1010) == "old")
    }

    @Test func `moved code takes its name and lines along`() {
        let dump = JITDump(
            parsing: written(isBig: false) {
                $0.lines(0x1000, [(0x1000, 7, Array("a.js".utf8)), (0x1008, 9, [0xff])])
                $0.load("mover", at: 0x1000, size: 16, number: 4, time: 1)
                $0.load("other", at: 0x3000, size: 16, number: 5, time: 2)
                $0.move(from: 0x1000, to: 0x2000, size: 16, number: 4, time: 3)
                $0.move(from: 0x9000, to: 0x9900, size: 16, number: 9, time: 3)
            })
        #expect(name(dump, 0x2000) == "mover")
        let line = dump?.lookup(Address(0x200a))?.line(at: Address(0x200a))
        #expect(line == JITFunction.Line(address: Address(0x2008), file: "a.js", line: 9))
        #expect(dump?.lookup(Address(0x2000))?.line(at: Address(0x2000))?.line == 7)
        #expect(dump?.skippedRecords == 1)
    }

    @Test func `unwinding information belongs to the code that comes next`() {
        let dump = JITDump(
            parsing: written(isBig: true) {
                $0.unwinding([1, 2, 3, 4, 5], index: 2)
                $0.load("with", at: 0x1000, size: 4, time: 1)
                $0.load("without", at: 0x2000, size: 4, time: 1)
            })
        let unwinding = dump?.lookup(Address(0x1000))?.unwinding
        #expect(unwinding == JITFunction.Unwinding(bytes: [1, 2, 3, 4, 5], indexSize: 2))
        #expect(dump?.lookup(Address(0x2000))?.unwinding == nil)
    }

    @Test func `reads a file that grows`() {
        let bytes = written(isBig: false) {
            $0.load("one", at: 0x1000, size: 16, time: 1)
            $0.load("two", at: 0x2000, size: 16, time: 2)
        }
        for cut in 40...bytes.count {
            guard var dump = JITDump(header: bytes) else {
                Issue.record("the header is refused")
                return
            }
            let taken = dump.append(Array(bytes[40..<cut]))
            dump.append(Array(bytes[(40 + taken)...]))
            #expect(dump.count == 2)
            #expect(name(dump, 0x2000) == "two")
        }
    }

    @Test func `a longer header is skipped, another version refused`() {
        var longer = Writer()
        longer.header(extra: 24)
        longer.load("behind", at: 0x10, size: 1, time: 1)
        #expect(name(JITDump(parsing: longer.bytes), 0x10) == "behind")
        var other = Writer()
        other.header(version: 2)
        #expect(JITDump(parsing: other.bytes) == nil)
        #expect(JITDump(parsing: []) == nil)
        #expect(
            JITDump(parsing: Array("JiTDsomething that is long enough to be a header".utf8)) == nil)
    }

    @Test func `survives damage`() {
        var original = written(isBig: false) {
            $0.lines(0x1000, [(0x1000, 7, Array("a.js".utf8)), (0x1008, 9, [0xff])])
            $0.unwinding([1, 2, 3], index: 1)
            $0.load("mover", at: 0x1000, size: 16, number: 4, time: 1)
            $0.move(from: 0x1000, to: 0x2000, size: 16, number: 4, time: 3)
        }
        var random = SeededGenerator(seed: 31)
        for count in 0...original.count { _ = JITDump(parsing: Array(original.prefix(count))) }
        for _ in 0..<2000 {
            let index = Int.random(in: 8..<original.count, using: &random)
            let kept = original[index]
            original[index] = .random(in: 0...255, using: &random)
            let dump = JITDump(parsing: original)
            for address in [0x1000, 0x2000, UInt64.max] { _ = name(dump, address) }
            original[index] = kept
        }
    }
}
