internal import Glibc
internal import SystemPackage

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

/// What tells a version of a file from all others: its identity, size and times.
struct FileVersion: Hashable, Sendable {
    let file: FileIdentity
    let size: Int64
    let modified: [Int]

    /// Asks the system about the file at a path, nil if it has none there.
    init?(path: FilePath) {
        var status = stat()
        guard path.withPlatformString({ stat($0, &status) }) == 0 else { return nil }
        // The encoding of makedev(3): 12 bits of each number, then the rest.
        let device = UInt64(status.st_dev)
        file = FileIdentity(
            major: UInt32(truncatingIfNeeded: (device >> 8) & 0xfff | (device >> 32) & ~0xfff),
            minor: UInt32(truncatingIfNeeded: device & 0xff | (device >> 12) & ~0xff),
            inode: UInt64(status.st_ino))
        size = Int64(status.st_size)
        // The change of the status too: tools that set the time of modification are common.
        modified = [
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
            status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }
}
