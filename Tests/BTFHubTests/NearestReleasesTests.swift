import SystemPackage
import TestSupport
import Testing

@testable import BTFHub

/// The releases named where one is not there, against a ranking of all of them.
@Suite struct NearestReleasesTests {
    /// Kernels of several distributions, and damage among them.
    private static let releases =
        (1...300).map { "3.10.0-\($0 * 7).el7.x86_64" }
        + (1...200).map { "4.18.0-\($0 * 3).\($0 % 9).1.el8_\($0 % 4).x86_64" }
        + (1...200).map { "4.15.0-\($0)-generic" } + (1...100).map { "4.15.0-10\($0)-aws" }
        + (1...50).map { "4.14.\($0 * 5)-212.502.amzn2.aarch64" }
        + ["odd", "4", "-._", "5.4.0-42-generic"]

    private static func record(_ release: String) -> HubRecord {
        HubRecord(
            release: release, distribution: "d", version: "1",
            architecture: Architecture(ofRelease: release), hash: release, size: 1, date: 0,
            origin: "", path: FilePath("\(release).btf"), member: "")
    }

    private func index(in scratch: ScratchDirectory) throws -> HubIndex {
        let lines = Self.releases.map { release in
            HubIndexLine(
                path: "\(release).btf", member: "", fingerprint: "1:1",
                content: .record(Self.record(release)))
        }
        let failure = HubIndexLine(
            path: "bad.btf", member: "", fingerprint: "1:1", content: .failure(reason: "damaged"))
        try HubIndex.write(lines + [failure], of: FilePath(scratch.path))
        return try HubIndex(of: FilePath(scratch.path))
    }

    private func export() throws -> Export {
        var writer = ExportWriter()
        for release in Self.releases {
            writer.add(Array(release.utf8), of: Self.record(release))
        }
        return try Export(bytes: try writer.bytes(), name: "test")
    }

    /// The rules again, word by word over all releases.
    private func ranking(_ wanted: String) -> [String] {
        func words(_ text: String) -> [Substring] { text.split { ".-_+~".contains($0) } }
        let own = words(wanted)
        let architecture = Architecture(ofRelease: wanted)
        let ranked = Self.releases.compactMap { release -> (String, [Int])? in
            let other = words(release)
            let common = zip(own, other).prefix { $0 == $1 }.count
            let theirs = Architecture(ofRelease: release)
            guard common > 0, architecture == nil || theirs == nil || theirs == architecture else {
                return nil
            }
            var distance = Int.max
            if common < own.count, common < other.count, let left = Int(own[common]),
                let right = Int(other[common])
            {
                distance = abs(left - right)
            }
            return (release, [-common, own.last == other.last ? 0 : 1, distance])
        }
        return ranked.sorted { left, right in
            left.1 == right.1
                ? left.0.utf8.lexicographicallyPrecedes(right.0.utf8)
                : left.1.lexicographicallyPrecedes(right.1)
        }.prefix(3).map(\.0)
    }

    @Test(arguments: [
        "3.10.0-1000.el7.x86_64", "3.10.0-1.el7.x86_64", "3.10.0-99999.el7.x86_64",
        "3.10.0-700.1.el7.x86_64", "3.10.0-el7", "3.10.1-7.el7.x86_64", "3.11",
        "4.18.0-147.8.1.el8_1.x86_64", "4.15.0-1000-azure", "4.15.0-201-generic",
        "4.14.7-212.502.amzn2.aarch64", "4.14.7-212.502.amzn2.x86_64", "4", "4.", "9.9.9", "",
        "...", "4.15.0-99999999999999999999-generic", "~", "!",
    ])
    func `are those a ranking of all gives`(release: String) throws {
        let scratch = try ScratchDirectory()
        let host = Host(
            release: release, architecture: Architecture(ofRelease: release), system: nil)
        let expected = ranking(release)
        let catalogs: [any KernelCatalog] = [try index(in: scratch), try export()]
        for catalog in catalogs {
            let nearest: [String]
            switch try HubLookup.find(host, in: catalog) {
            case .missing(let records): nearest = records.map(\.release)
            case .found(let record, .sameRelease): nearest = [record.release]
            case let other: throw TestSupportError.missingTarget("\(other)")
            }
            #expect(nearest == expected || nearest == [release])
        }
    }
}
