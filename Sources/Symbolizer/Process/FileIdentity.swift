/// What tells a file from all others of the system: its device and its number there.
package struct FileIdentity: Hashable, Sendable {
    /// The device's major number.
    package let major: UInt32
    /// The device's minor number.
    package let minor: UInt32
    /// The number of the file.
    package let inode: UInt64

    /// Makes the identity of its numbers.
    package init(major: UInt32, minor: UInt32, inode: UInt64) {
        self.major = major
        self.minor = minor
        self.inode = inode
    }
}
