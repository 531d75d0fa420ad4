internal import Glibc
package import SystemPackage

/// A command that could not be started.
package struct LaunchError: Error, CustomStringConvertible {
    /// The program's name as given.
    package let command: String
    /// Why not.
    package let errno: Errno

    init(command: String, errno: Int32) {
        self.command = command
        self.errno = Errno(rawValue: errno)
    }

    package var description: String {
        let remedy =
            switch errno {
            case .noSuchFileOrDirectory: "; check the name, it is looked up in PATH"
            case .permissionDenied: "; it is not executable for this user"
            case .notPermitted: "; tracing it is not permitted, run as root"
            default: ""
            }
        return "cannot start \(command): \(errno)\(remedy)"
    }
}
