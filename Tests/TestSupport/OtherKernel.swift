internal import Foundation

/// A kernel of Debian's that is not the running one, booted in an emulator (scripts/boot-kernel).
package struct OtherKernel: Sendable {
    /// The first two numbers of its version: `5.10`.
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

    /// Boots it and runs a shell script with some programs.
    ///
    /// - Returns: What the script has printed, the console's own lines left out.
    /// - Throws: ``TestSupportError`` when it cannot be booted.
    package func run(_ script: String, with programs: [String]) async throws -> String {
        let directory = try ScratchDirectory()
        let path = try directory.write(script, to: "script")
        let result = try await TestSupport.run(
            Self.script, [series, path] + programs, within: .seconds(180))
        return try result.check().standardOutput
    }

    private static let script = TestTarget.packageDirectory + "/scripts/boot-kernel"
}
