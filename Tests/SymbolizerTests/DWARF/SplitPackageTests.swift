import Testing

@testable import Symbolizer

/// The index of packages of split units, which is read before anything else of them.
@Suite(.enabled(if: ChainProgram.exists("clang-dwp-5.dwp"), "llvm-dwp"))
struct SplitPackageTests {
    static let packages = ["gcc-dwp-4.dwp", "gcc-dwp-types.dwp", "clang-dwp-5.dwp"]
        .filter { ChainProgram.exists($0) }

    /// The identities the index of a package has, from its hash table.
    private func identities(in index: [UInt8]) -> [UInt64] {
        let slots = Int(index[12])
        let signatures = (0..<slots).map { slot in
            index[16 + slot * 8..<24 + slot * 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        return signatures.filter { $0 != 0 }
    }

    @Test(arguments: packages)
    func `finds each unit by its identity`(name: String) throws {
        let sections = DamagedSections(of: try ChainProgram(name: name).image())
        let package = try #require(SplitPackage(sections))
        let identities = identities(in: try #require(sections.sections[".debug_cu_index"]))
        #expect(identities.count == 2)
        for identity in identities {
            let header = try #require(package.header(ofUnit: identity))
            let root = try #require(UnitRoot(of: header, in: package.file))
            #expect(root.splitID == identity)
        }
        #expect(package.header(ofUnit: 0x1234) == nil)
    }

    @Test(arguments: packages)
    func `survives cuts and changes of the index`(name: String) throws {
        let original = DamagedSections(of: try ChainProgram(name: name).image())
        let index = try #require(original.sections[".debug_cu_index"])
        let identities = identities(in: index)
        var damaged = original
        for count in index.indices {
            damaged.sections[".debug_cu_index"] = Array(index.prefix(count))
            let package = SplitPackage(damaged)
            for identity in identities { _ = package?.header(ofUnit: identity) }
        }
        for offset in index.indices {
            for value in [0, 1, 0x7f, 0xff] as [UInt8] {
                damaged.sections[".debug_cu_index"] = index
                damaged.sections[".debug_cu_index"]?[offset] = value
                let package = SplitPackage(damaged)
                for identity in identities + [0, .max] {
                    guard let package, let header = package.header(ofUnit: identity) else {
                        continue
                    }
                    _ = UnitRoot(of: header, in: package.file)
                }
            }
        }
    }
}
