import Foundation
import Profiler
import Symbolizer
import SystemPackage
import TestSupport
import Testing

/// Programs with wrong bytes, all the way to the plan of their probes: a list or an error, and
/// nothing in between.
@Suite struct DamagedImageTests {
    /// Lists the functions of a file with some bytes; true if there were any.
    private static func list(_ bytes: [UInt8], in directory: ScratchDirectory) throws -> Bool {
        let path = FilePath(try directory.write(bytes, to: "damaged"))
        let listing = FunctionListing(patterns: [try FunctionPattern("*")])
        do {
            return try !listing.entries(of: .binary(path)).isEmpty
        } catch let error as ELFError {
            #expect(!"\(error)".isEmpty)
        } catch let error as AttachError {
            #expect(!"\(error)".isEmpty)
        }
        return false
    }

    @Test(arguments: ["stacks", "images/cold", "images/minidebug", "variant-dynsym"])
    func survivesEveryKindOfDamage(target: String) throws {
        let directory = try ScratchDirectory()
        let path = try TestTarget(target).path
        let intact = try [UInt8](Data(contentsOf: URL(filePath: path)))
        #expect(try Self.list(intact, in: directory))
        var generator = SeededGenerator(defaultSeed: UInt64(target.utf8.reduce(7) { $0 + Int($1) }))
        for _ in 0..<100 {
            var bytes = intact
            for _ in 0..<Int.random(in: 1...16, using: &generator) {
                bytes[Self.position(in: bytes.count, using: &generator)] =
                    UInt8.random(in: 0...255, using: &generator)
            }
            if Int.random(in: 0..<4, using: &generator) == 0 {
                bytes.removeLast(Int.random(in: 1..<bytes.count, using: &generator))
            }
            _ = try Self.list(bytes, in: directory)
        }
    }

    /// Mostly in the headers, which are at both ends.
    private static func position(in count: Int, using generator: inout SeededGenerator) -> Int {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: Int.random(in: 0..<count, using: &generator)
        case 1: Int.random(in: max(0, count - 4_096)..<count, using: &generator)
        default: Int.random(in: 0..<min(count, 1_024), using: &generator)
        }
    }

    @Test func survivesEveryPrefixOfTheHeaders() throws {
        let directory = try ScratchDirectory()
        let path = try TestTarget("stacks").path
        let intact = try [UInt8](Data(contentsOf: URL(filePath: path)))
        for count in 0..<1_024 {
            #expect(try !Self.list(Array(intact.prefix(count)), in: directory))
        }
    }
}
