internal import Foundation

/// A kernel of Debian's that is not the running one, booted in an emulator (scripts/boot-kernel).
package struct OtherKernel: Sendable {
    /// The first two numbers of its version (`5.10`), `sid` for the newest, or `5.10-without-btf`,
    /// which is no package but built.
    package let series: String

    /// A kernel of a series that Debian has.
    package init(_ series: String) {
        self.series = series
    }

    /// Whether the kernel can be had here; downloads it if need be. Where tests run on their own
    /// (`CI` is set) it has to be.
    package var capability: Capability {
        if ProcessInfo.processInfo.environment["CI"] != nil {
            return Capability(isAvailable: true, reason: "demanded")
        }
        let process = Process()
        process.executableURL = URL(filePath: Self.script)
        process.arguments = [series]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
            process.waitUntilExit()
        } catch {
            return Capability(isAvailable: false, reason: "\(error)")
        }
        let isThere = process.terminationStatus == 0
        return Capability(
            isAvailable: isThere,
            reason: "Linux \(series) and an emulator; see \(Self.script) \(series)")
    }

    /// Where its image is.
    ///
    /// - Throws: ``TestSupportError`` when it cannot be had.
    package func image() async throws -> String {
        // It may have to be built first.
        let result = try await TestSupport.run(Self.script, [series], within: .seconds(1800))
        let lines = try result.check().standardOutput.split(separator: "\n")
        return lines.last.map(String.init) ?? ""
    }

    /// What it says of its version, `uname -r`. Source: `kernel_version` in the header of its image
    /// (Documentation/arch/x86/boot.rst).
    ///
    /// - Throws: ``TestSupportError`` when the image cannot be had.
    package func release() async throws -> String {
        let image = try Data(contentsOf: URL(filePath: try await image()), options: .alwaysMapped)
        let place = Int(image[0x20e]) | Int(image[0x20f]) << 8
        let text = image[(place + 0x200)...].prefix { $0 != 0 && $0 != 0x20 }
        return String(decoding: text, as: UTF8.self)
    }

    /// Boots it and runs a shell script with some programs.
    ///
    /// - Returns: What the script has printed, the console's own lines left out.
    /// - Throws: ``TestSupportError`` when it cannot be booted.
    package func run(_ script: String, with programs: [String]) async throws -> String {
        let directory = try ScratchDirectory()
        let path = try directory.write(script, to: "script")
        let result = try await TestSupport.run(
            Self.script, [series, path] + programs, within: .seconds(420))
        return try result.check().standardOutput
    }

    private static let script = TestTarget.packageDirectory + "/scripts/boot-kernel"
}
