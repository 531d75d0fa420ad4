import TestSupport
import Testing

@testable import Symbolizer

/// Damaged debugging information tells less, or nonsense, but never ends the program.
@Suite struct DWARFRobustnessTests {
    static let programs = [
        "gcc-dwarf-2", "gcc-dwarf-5-64", "gcc-gc-4", "clang-dwarf-5", "clang-cpp", "clang-dwo-5",
    ].filter { ChainProgram.exists($0) }

    /// Looks up some addresses of the chain, and some that are nowhere.
    private func useAll(of sections: DamagedSections, _ addresses: Range<UInt64>) {
        guard let information = DebugInformation(sections) else { return }
        for address in stride(from: addresses.lowerBound, to: addresses.upperBound, by: 5) {
            _ = information.sourceFrames(at: Address(address))
        }
        _ = information.sourceFrames(at: Address(.max))
        _ = information.sourceFrames(at: Address(0))
    }

    private func sections(_ name: String) throws -> (DamagedSections, Range<UInt64>) {
        let program = ChainProgram(name: name)
        return (DamagedSections(of: try program.image()), try program.addresses(of: "outer"))
    }

    @Test(arguments: programs)
    func `survives every cut of every section`(name: String) throws {
        let (original, addresses) = try sections(name)
        for (section, bytes) in original.sections {
            // Nearly each byte of what the compiler makes for the chain, some of the rest.
            for count in stride(from: 0, to: bytes.count, by: 1 + bytes.count / 150) {
                var damaged = original
                damaged.sections[section] = Array(bytes.prefix(count))
                useAll(of: damaged, addresses)
            }
            var damaged = original
            damaged.sections[section] = nil
            useAll(of: damaged, addresses)
        }
    }

    @Test(arguments: programs)
    func `survives flipped bits`(name: String) throws {
        let (original, addresses) = try sections(name)
        let names = original.sections.keys.sorted()
        var random = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            var damaged = original
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                guard let section = names.randomElement(using: &random),
                    let index = original.sections[section]?.indices.randomElement(using: &random)
                else { continue }
                let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &random)
                damaged.sections[section]?[index] ^= bit
            }
            useAll(of: damaged, addresses)
        }
    }

    @Test(arguments: programs)
    func `survives bytes of all ones and of zeros`(name: String) throws {
        let (original, addresses) = try sections(name)
        for (section, bytes) in original.sections {
            for index in stride(from: 0, to: bytes.count, by: 1 + bytes.count / 30) {
                for value in [0, 0x80, 0xff] as [UInt8] {
                    var damaged = original
                    for offset in index..<min(index + 8, bytes.count) {
                        damaged.sections[section]?[offset] = value
                    }
                    useAll(of: damaged, addresses)
                }
            }
        }
    }

    @Test func `survives sections of random bytes`() throws {
        let (original, addresses) = try sections("gcc-dwarf-5")
        var random = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            var damaged = original
            for section in [".debug_abbrev", ".debug_line", ".debug_rnglists", ".debug_str"] {
                damaged.sections[section] = (0..<400).map { _ in
                    .random(in: 0...255, using: &random)
                }
            }
            useAll(of: damaged, addresses)
        }
    }

    // Each unit's list is all of the section: reading them all would take the square of its size.
    @Test func `lists that all units share cost no more than the section`() throws {
        let (original, _) = try sections("clang-dwarf-4")
        let count = 3000
        var sections = original
        // One abbreviation: a unit without children, with DW_AT_ranges of DW_FORM_sec_offset.
        sections.sections[".debug_abbrev"] = [1, 0x11, 0, 0x55, 0x17, 0, 0, 0]
        let unit: [UInt8] = [12, 0, 0, 0, 4, 0, 0, 0, 0, 0, 8, 1, 0, 0, 0, 0]
        sections.sections[".debug_info"] = Array(repeatElement(unit, count: count).joined())
        let range: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]
        sections.sections[".debug_ranges"] = Array(repeatElement(range, count: count).joined())
        sections.codeRanges = [0..<100]
        let information = try #require(DebugInformation(sections))
        #expect(information.sourceFrames(at: Address(1)).isEmpty)
    }

    @Test func `an origin that refers to itself ends`() throws {
        var sections = DamagedSections(of: try ChainProgram(name: "gcc-dwarf-4").image())
        // A unit, and a function whose origin is itself: DW_FORM_ref4 to 0x14, its own offset.
        sections.sections[".debug_abbrev"] = [
            1, 0x11, 1, 0x11, 0x01, 0x12, 0x06, 0, 0,
            2, 0x2e, 0, 0x11, 0x01, 0x12, 0x06, 0x31, 0x13, 0, 0, 0,
        ]
        let start: [UInt8] = [0x10, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0]
        var info: [UInt8] = [0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 8, 1] + start + [2] + start
        info += [24, 0, 0, 0, 0]
        info[0] = UInt8(info.count - 4)
        sections.sections[".debug_info"] = info
        sections.codeRanges = [0x10..<0x30]
        let information = try #require(DebugInformation(sections))
        let frames = information.sourceFrames(at: Address(0x18))
        #expect(frames.count == 1)
        #expect(frames.first?.name == nil)
    }
}
