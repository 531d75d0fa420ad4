package import SystemPackage

/// An input that could not be read.
package struct InputError: Error, Equatable, CustomStringConvertible {
    /// The path as it was given; `-` is the standard input.
    package let path: String
    /// The reason the kernel gave.
    package let errno: Errno

    package var description: String {
        "cannot read \(path == "-" ? "the standard input" : path): \(errno)"
    }
}
