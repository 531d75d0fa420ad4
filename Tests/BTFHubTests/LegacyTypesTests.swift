import Foundation
import TestSupport
import Testing

@testable import BTFHub

/// The programs for old kernels, with the types of old kernels: where a field is not known, they do
/// without, and the verifier has nothing to say.
@Suite(
    .enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"),
    .enabled(if: Capability.centOSTypes.isAvailable, "\(Capability.centOSTypes.reason)"))
struct LegacyTypesTests {
    private static let objects = ["attach-legacy", "record-legacy"]

    /// Types that were reduced for other programs: most of what ours look for is not in them.
    private static var files: [String] {
        let paths = FileManager.default.enumerator(atPath: CentOSTypes.directory)
        return (paths?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".btf") }.map { "\(CentOSTypes.directory)/\($0)" }.sorted()
    }

    @Test(arguments: objects)
    func `programs load with the little that is known of a kernel`(name: String) async throws {
        let object = "\(TestTarget.packageDirectory)/bpf/build/\(name).bpf.o"
        // Of each distribution the oldest and the newest, and some between.
        let sample = Self.files.enumerated().filter { $0.offset % 8 == 0 }.map(\.element)
        try #require(sample.count > 5)
        for types in sample {
            #expect(try await !CoreObjects.tags(object: object, types: types).isEmpty, "\(types)")
        }
    }
}
