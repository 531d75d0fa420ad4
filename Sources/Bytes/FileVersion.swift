internal import Glibc
package import SystemPackage

/// What tells a version of a file from all others of the system: where it is kept, its size and times.
package struct FileVersion: Hashable, Sendable {
    /// The device it is on (`st_dev`).
    package let device: UInt64
    /// The number of the file there.
    package let inode: UInt64
    /// Its size in bytes.
    package let size: Int64
    /// When its bytes were changed, in nanoseconds since 1970.
    package let modified: Int64
    /// When anything of it was changed, in nanoseconds since 1970: tools that set the time of
    /// modification are common.
    package let changed: Int64

    /// All of it, as numbers.
    package var numbers: [UInt64] {
        [
            device, inode, UInt64(bitPattern: size), UInt64(bitPattern: modified),
            UInt64(bitPattern: changed),
        ]
    }

    /// Asks the system about the file at a path, nil if it has none there.
    package init?(path: FilePath) {
        var status = stat()
        guard unsafe path.withPlatformString({ unsafe stat($0, &status) }) == 0 else { return nil }
        self.init(status)
    }

    /// Takes what the system has said.
    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
