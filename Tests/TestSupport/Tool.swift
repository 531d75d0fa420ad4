internal import Foundation

/// Programs of the system, as oracles and for load.
package enum Tool {
    /// Where a program is in `PATH` or the directories of the superuser, or nil.
    package static func path(_ name: String) -> String? {
        let variable = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let directories = variable.split(separator: ":").map(String.init)
        return (directories + ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin"])
            .map { "\($0)/\(name)" }
            .first(where: FileManager.default.isExecutableFile(atPath:))
    }
}
