import Bytes
import SystemPackage
import Testing

@testable import Symbolizer

/// Every kind of debugging information, one known address in each.
@Suite struct DebugInformationTests {
    static let programs: [ChainProgram] = [
        ChainProgram(name: "gcc-dwarf-2"), ChainProgram(name: "gcc-dwarf-3"),
        ChainProgram(name: "gcc-dwarf-4"), ChainProgram(name: "gcc-dwarf-5"),
        ChainProgram(name: "gcc-dwarf-4-64"), ChainProgram(name: "gcc-dwarf-5-64"),
        ChainProgram(name: "gcc-g1"), .cpp("gcc-cpp"), .cpp("gcc-types-4"), .cpp("gcc-types-5"),
        ChainProgram(name: "gcc-no-pie"), ChainProgram(name: "gcc-static-pie"),
        ChainProgram(name: "clang-dwarf-2"), ChainProgram(name: "clang-dwarf-3"),
        ChainProgram(name: "clang-dwarf-4"), ChainProgram(name: "clang-dwarf-5"),
        ChainProgram(name: "clang-dwarf-5-64"), ChainProgram(name: "clang-g1"),
        .cpp("clang-cpp"), .cpp("clang-types"),
        ChainProgram(name: "gcc-lto"), ChainProgram(name: "clang-lto"),
        ChainProgram(name: "gcc-gc"), ChainProgram(name: "gcc-gc-4"),
        ChainProgram(name: "gcc-gc-gold"), ChainProgram(name: "clang-gc-lld"),
        ChainProgram(name: "clang-gc-lld-4"), ChainProgram(name: "clang-gc-ones"),
        ChainProgram(name: "gcc-dwo-4"), ChainProgram(name: "gcc-dwo-5"),
        ChainProgram(name: "clang-dwo-4"), ChainProgram(name: "clang-dwo-5"),
        ChainProgram(name: "gcc-dwo-gc"), ChainProgram(name: "gcc-dwp-4"),
        .cpp("gcc-dwp-types"), ChainProgram(name: "clang-dwp-4"),
        ChainProgram(name: "clang-dwp-5"), .cpp("clang-dwp-cpp"),
    ].filter { ChainProgram.exists($0.name) }

    @Test(arguments: programs)
    func `tells the functions and lines of an inlined call`(program: ChainProgram) throws {
        let frames = try program.information().sourceFrames(at: Address(program.point()))
        #expect(frames.map(\.symbolName) == program.functions)
        #expect(frames.map(\.line) == (try program.lines()))
        #expect(frames.allSatisfy { program.isSource($0.file) })
        #expect(frames.map(\.isInlined) == [true, true, false])
    }

    @Test(arguments: programs)
    func `without inlined calls, it is the line of the innermost`(program: ChainProgram) throws {
        let frames = try program.information().sourceFrames(
            at: Address(program.point()), inlines: false)
        #expect(frames.map(\.symbolName) == program.functions.suffix(1))
        #expect(frames.map(\.line) == [try program.lines()[0]])
    }

    // The compilers make up a number for the names, so only their ends are known.
    @Test(
        .enabled(if: ChainProgram.exists("rust"), "rustc"),
        arguments: ["rust", "rust-dwarf-5"])
    func `follows Rust's names into other units`(name: String) throws {
        let program = ChainProgram(name: name, source: "chain.rs")
        let frames = try program.information().sourceFrames(at: Address(program.point()))
        let names = frames.map { Demangler.demangle($0.symbolName ?? "") ?? $0.symbolName }
        #expect(names == ["chain::leaf", "chain::mid", "outer"])
        #expect(frames.map(\.line) == (try program.lines()))
    }

    @Test(.enabled(if: ChainProgram.exists("swift"), "swiftc"))
    func `finds the inlined calls of Swift`() throws {
        let program = ChainProgram(name: "swift", source: "chain.swift")
        let information = try program.information()
        let chains = try program.addresses(of: "$s5Chain5outeryySiF").map { address in
            information.sourceFrames(at: Address(address))
        }
        let lines = try program.lines()
        let chain = try #require(chains.first { $0.map(\.line) == lines })
        #expect(chain.map(\.name) == ["leaf", "mid", "outer"])
        #expect(chain.allSatisfy { program.isSource($0.file) })
    }

    @Test(arguments: [
        "gcc-gc", "gcc-gc-4", "gcc-gc-gold", "clang-gc-lld", "clang-gc-lld-4", "clang-gc-ones",
        "gcc-dwo-gc",
    ])
    func `functions the linker has removed are nowhere`(name: String) throws {
        guard ChainProgram.exists(name) else { return }
        let program = ChainProgram(name: name)
        let information = try program.information()
        for address in stride(from: UInt64(0), to: 0x9000, by: 8) {
            let frames = information.sourceFrames(at: Address(address))
            #expect(!frames.contains { $0.name == "discarded" })
        }
        for address in [0, 1, .max, .max - 1] as [UInt64] {
            #expect(information.sourceFrames(at: Address(address)).isEmpty)
        }
    }

    // Without the split file, the image alone tells the line, and no wrong function.
    @Test(arguments: ["gcc-dwo-4", "gcc-dwo-5", "gcc-dwp-4", "clang-dwp-5"])
    func `a split file that is missing leaves the lines`(name: String) throws {
        guard ChainProgram.exists(name) else { return }
        let program = ChainProgram(name: name)
        let bytes = try program.image().file.bytes.array
        let dwo = Array(".dwo".utf8)
        // The names of the split files, misspelled.
        var damaged = bytes
        for index in bytes.indices.dropLast(4) where Array(bytes[index..<index + 4]) == dwo {
            damaged[index + 1] = UInt8(ascii: "x")
        }
        let image = try ELFImage(bytes: damaged, name: "moved")
        let information = try #require(DebugInformation(image))
        let frames = information.sourceFrames(at: Address(try program.point()))
        #expect(frames.first?.line == (try program.lines().first))
        #expect(frames.allSatisfy { $0.name == nil || program.functions.contains($0.name ?? "") })
    }

    @Test func `a split file of another compilation is not used`() throws {
        guard ChainProgram.exists("gcc-dwo-5") else { return }
        let program = ChainProgram(name: "gcc-dwo-5")
        var bytes = try program.image().file.bytes.array
        let info = try #require(try program.image().section(named: ".debug_info"))
        // The identity is 12 bytes into the header of a skeleton (DWARF 5, section 7.5.1.2).
        var offset = info.offset
        while offset + 20 < info.offset + info.size {
            let header = bytes[Int(offset)..<Int(offset) + 20]
            bytes[Int(offset) + 12] ^= 0xff
            offset += 4 + UInt64(header.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) })
        }
        let image = try ELFImage(bytes: bytes, name: "other")
        let information = try #require(
            DebugInformation(image, splitFiles: SplitFileLocator(nextTo: [program.path])))
        let frames = information.sourceFrames(at: Address(try program.point()))
        #expect(frames.map(\.name) == [nil])
    }

    @Test func `tells cheaply where there is none`() throws {
        let program = ChainProgram(name: "gcc-dwarf-5")
        let information = try program.information()
        #expect(information.covers(Address(try program.point())))
        #expect(!information.covers(Address(0)))
        #expect(!information.covers(Address(.max)))
    }

    @Test func `finds functions within functions`() throws {
        let program = ChainProgram(name: "gcc-nested", source: "nested.c")
        let frames = try program.information().sourceFrames(at: Address(program.point()))
        #expect(frames.map(\.name) == ["leaf", "mid"])
        #expect(frames.map(\.line) == (try program.lines().dropLast()))
    }

    @Test func `a file without debugging information has none`() {
        #expect(DebugInformation(DamagedSections(codeRanges: [])) == nil)
    }

    @Test func `many threads may ask at once`() async throws {
        let program = ChainProgram(name: "gcc-dwarf-5")
        let information = try program.information()
        let point = Address(try program.point())
        let expected = try program.information().sourceFrames(at: point)
        await withTaskGroup(of: [SourceFrame].self) { group in
            for _ in 0..<64 { group.addTask { information.sourceFrames(at: point) } }
            for await frames in group { #expect(frames == expected) }
        }
    }
}
