import Foundation
import TestSupport

/// Bundles with the types of one kernel that is not the running one.
struct KernelBundles {
    /// Counts the calls of `counted_call`.
    let counting: String
    /// Samples stacks.
    let sampling: String
    /// How many bytes of types are in the larger one.
    let typesSize: Int
    /// The files are there as long as this is.
    private let directory: ScratchDirectory

    /// A static uprof, as `make static` leaves it.
    static let uprof = TestTarget.packageDirectory + "/dist/uprof"

    /// Builds them.
    ///
    /// - Throws: ``TestSupportError`` when the kernel, its types or the static uprof cannot be had.
    init(for kernel: OtherKernel) async throws {
        directory = try ScratchDirectory()
        let types = directory.file("\(try await kernel.release()).btf")
        try await Self.writeTypes(of: kernel, to: types)
        counting = directory.file("count")
        sampling = directory.file("sample")
        try await run(
            Self.uprof,
            [
                "package", "build", "--attach", "counted_call", "--json", "--btf", types, "-o",
                counting,
            ]
        ).check()
        try await run(
            Self.uprof,
            [
                "package", "build", "--record", "--freq", "199", "--no-kernel", "--btf", types,
                "-o", sampling,
            ]
        ).check()
        let plain = try directory.size(of: Self.uprof)
        typesSize = max(try directory.size(of: counting), try directory.size(of: sampling)) - plain
    }

    /// Its own, taken out of its image; or, where it has none, those that uprof makes of its
    /// debugging information.
    static func writeTypes(of kernel: OtherKernel, to file: String) async throws {
        let image = try await kernel.image()
        guard kernel.series.hasSuffix("without-btf") else {
            let script = TestTarget.packageDirectory + "/scripts/kernel-btf"
            try await run(script, [image, file]).check()
            return
        }
        let debugged = URL(filePath: image).deletingLastPathComponent().path + "/vmlinux"
        try await run(
            uprof, ["btf", "generate", debugged, "-o", file], within: .seconds(180)
        ).check()
    }
}

extension ScratchDirectory {
    /// The size of a file anywhere, in bytes.
    func size(of path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return attributes[.size] as? Int ?? 0
    }
}
