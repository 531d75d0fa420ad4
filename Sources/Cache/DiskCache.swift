package import Bytes
internal import Glibc
internal import Synchronization
package import SystemPackage

/// Files with what was computed from other files, kept between runs.
///
/// Nothing depends on it: what cannot be kept or found is computed again, and what is damaged counts
/// as not there. Its directory has to be the user's own, and writable by nobody else, since what is
/// in it is believed.
package final class DiskCache: Sendable {
    private let directory: CacheDirectory
    /// What the names of all files begin with.
    private let prefix: String
    private let capacity: Int
    /// How much is to be written until it is looked how much there is.
    private let unchecked: Mutex<Int>

    /// How much it keeps, in bytes.
    package static let usualCapacity = 512 << 20
    /// How often it is looked how much there is, while as much is written as it keeps.
    private static let checks = 16

    /// Opens the cache in a directory, which is made if need be.
    ///
    /// - Parameters:
    ///   - path: The directory.
    ///   - program: The program whose files they are: another version may compute something else.
    ///   - capacity: How much to keep, in bytes.
    /// - Throws: `CacheError` if the directory cannot be used.
    package init(
        at path: FilePath, for program: FileVersion?, capacity: Int = usualCapacity
    ) throws(CacheError) {
        directory = try CacheDirectory(path)
        self.capacity = capacity
        // Anything between none and all of it: many short runs look as often as a long one.
        unchecked = Mutex(Int.random(in: 0...capacity / Self.checks))
        let numbers =
            program.map { [$0.inode, UInt64(bitPattern: $0.size), UInt64(bitPattern: $0.changed)] }
            ?? []
        prefix = numbers.map { String($0, radix: 36) + "." }.joined()
    }

    /// The cache of this process; none until a program asks for one, so that libraries and bundles
    /// leave no files behind.
    package static var shared: DiskCache? { current.withLock { $0 } }

    /// Makes a cache that of this process.
    package static func share(_ cache: DiskCache?) {
        current.withLock { $0 = cache }
    }

    private static let current = Mutex<DiskCache?>(nil)

    /// What is kept under a key; nil if nothing is, or it is damaged.
    package func bytes(of key: CacheKey) -> CachedBytes? {
        let name = name(of: key)
        guard let file = directory.map(name) else { return nil }
        guard CacheHeader.isSound(file.bytes) else {
            directory.remove(name)
            return nil
        }
        return CachedBytes(file: file, range: CacheHeader.size..<file.bytes.byteCount)
    }

    private func name(of key: CacheKey) -> String { prefix + key.name + CacheDirectory.suffix }

    /// Keeps bytes under a key, and drops what was used longest ago where they are too many.
    package func keep(_ bytes: RawSpan, of key: CacheKey) {
        // One file must not drive out all others.
        guard bytes.byteCount <= capacity / 4 else { return }
        directory.write(CacheHeader.bytes(for: bytes), bytes, to: name(of: key))
        let isMuch = unchecked.withLock { unchecked in
            unchecked -= bytes.byteCount
            defer { if unchecked < 0 { unchecked = capacity / Self.checks } }
            return unchecked < 0
        }
        if isMuch { directory.drop(downTo: capacity) }
    }
}
