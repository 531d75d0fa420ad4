internal import CRunning
internal import Glibc
package import Symbolizer
package import SystemPackage

/// The file this process runs.
package enum OwnExecutable {
    /// Where it is: `/proc/self/exe`, or, without `/proc`, what the kernel was told to run.
    package static var path: FilePath? {
        if access("/proc/self/exe", R_OK) == 0 { return "/proc/self/exe" }
        return uprof_executable_name().map { FilePath(String(cString: $0)) }
    }

    /// The command line, the name of the program first; also without `/proc`, where Swift's own is empty.
    package static var arguments: [String] {
        (0..<uprof_argument_count()).map { index in
            uprof_argument(index).map { String(cString: $0) } ?? ""
        }
    }

    /// Puts the environment right, which Swift's runtime needed otherwise where there is no `/proc`, or no
    /// random numbers yet.
    package static func restoreEnvironment() { uprof_restore_environment() }

    /// Its headers, or nil if it cannot be read.
    ///
    /// - Parameter name: What messages call it.
    /// - Returns: The headers, and a mapping of which no more is read than they need.
    package static func image(name: String) -> ELFImage? {
        path.flatMap { try? ELFImage(path: $0, name: name) }
    }
}
