internal import Bytes
package import SystemPackage

extension FileIdentity {
    /// Asks the system about the file at a path, nil if it has none there.
    package init?(path: FilePath) {
        guard let version = FileVersion(path: path) else { return nil }
        // The encoding of makedev(3): 12 bits of each number, then the rest.
        let device = version.device
        self.init(
            major: UInt32(truncatingIfNeeded: (device >> 8) & 0xfff | (device >> 32) & ~0xfff),
            minor: UInt32(truncatingIfNeeded: device & 0xff | (device >> 12) & ~0xff),
            inode: version.inode)
    }
}
