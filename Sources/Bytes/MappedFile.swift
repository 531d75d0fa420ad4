internal import CTruncation
internal import Glibc
package import SystemPackage

/// The bytes of a file, mapped read-only into memory, or bytes in memory that stand for a file.
///
/// A class, so that images and tables can share the one mapping; immutable, so that threads can.
///
/// The mapping is of the file, not of a copy: if another process truncates the file, touching
/// the lost pages raises `SIGBUS`, unless ``outliveTruncation()`` was called. Package managers,
/// linkers and `install` replace files by renaming, which leaves the mapped one intact.
@safe
package final class MappedFile: @unchecked Sendable {
    // Safe to share because nothing writes to the bytes between `init` and `deinit`.
    private let buffer: UnsafeRawBufferPointer
    private let isMapping: Bool

    /// Which version of which file it was when it was mapped; nil for bytes in memory.
    package let version: FileVersion?

    /// The size of the pages that large parts of memory can have on x86-64.
    private static let hugePage = 2 << 20

    /// From now on, pages that a mapped file loses read as zeros, which is said once on standard
    /// error: for programs, since the handler of a signal is the whole process's.
    package static func outliveTruncation() {
        uprof_outlive_truncation()
    }

    /// Maps the file at a path.
    ///
    /// - Throws: `Errno` if the file cannot be opened or mapped, `Errno.isDirectory` for a
    ///   directory, and `Errno.notSupported` for what is not a regular file.
    package convenience init(path: FilePath) throws(Errno) {
        // O_NONBLOCK: opening a FIFO nobody writes to would block for ever.
        let descriptor = unsafe path.withPlatformString { name in
            unsafe open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        }
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        defer { close(descriptor) }
        try self.init(descriptor: FileDescriptor(rawValue: descriptor))
    }

    /// Maps the file behind a descriptor, which stays open and with the caller.
    ///
    /// - Throws: `Errno` if the file cannot be mapped, `Errno.isDirectory` for a directory, and
    ///   `Errno.notSupported` for what is not a regular file.
    package init(descriptor: FileDescriptor) throws(Errno) {
        var status = stat()
        guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
        let type = status.st_mode & S_IFMT
        guard type != S_IFDIR else { throw .isDirectory }
        guard type == S_IFREG else { throw .notSupported }
        isMapping = true
        version = FileVersion(status)

        // An empty mapping is an error to mmap(2).
        guard let size = Int(exactly: status.st_size), size > 0 else {
            unsafe buffer = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let address = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor.rawValue, 0)
        guard unsafe address != MAP_FAILED else { throw Errno(rawValue: errno) }
        unsafe buffer = UnsafeRawBufferPointer(start: address, count: size)
    }

    /// Keeps a copy of bytes in memory, such as a decompressed section.
    package init(contents: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(
            byteCount: contents.count, alignment: 16)
        unsafe copy.copyBytes(from: contents)
        unsafe buffer = UnsafeRawBufferPointer(copy)
        isMapping = false
        version = nil
    }

    /// Makes bytes in memory without copying them: the closure fills them all.
    ///
    /// - Returns: nil if the closure says that it could not.
    package init?(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Bool) {
        // Many small pages take as long to get as it takes to fill them.
        let isLarge = count >= Self.hugePage
        let bytes = UnsafeMutableRawBufferPointer.allocate(
            byteCount: count, alignment: isLarge ? Self.hugePage : 16)
        if isLarge { unsafe madvise(bytes.baseAddress, count, MADV_HUGEPAGE) }
        guard unsafe fill(bytes) else {
            unsafe bytes.deallocate()
            return nil
        }
        unsafe buffer = UnsafeRawBufferPointer(bytes)
        isMapping = false
        version = nil
    }

    deinit {
        if !isMapping {
            unsafe buffer.deallocate()
        } else if let address = unsafe buffer.baseAddress {
            unsafe munmap(UnsafeMutableRawPointer(mutating: address), buffer.count)
        }
    }

    /// Gives the memory of bytes back that are not needed for now: if they are, they are read from
    /// the file once more.
    package func forget(_ range: Range<Int>) {
        guard isMapping, let address = unsafe buffer.baseAddress else { return }
        let page = Int(getpagesize())
        let start = (range.lowerBound + page - 1) / page * page
        let end = unsafe min(range.upperBound, buffer.count) / page * page
        guard start >= 0, start < end else { return }
        let first = unsafe UnsafeMutableRawPointer(mutating: address + start)
        unsafe madvise(first, end - start, MADV_DONTNEED)
    }

    /// All bytes of the file.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            let span = unsafe RawSpan(_unsafeBytes: buffer)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }
}
