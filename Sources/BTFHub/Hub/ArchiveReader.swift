internal import CArchive
internal import Glibc
internal import SystemPackage

/// Reads the entries of an archive one after the other, by libarchive: tar, cpio (in rpm packages)
/// and ar (Debian's packages), compressed by xz, zstd or gzip or not; or one compressed file.
struct ArchiveReader: ~Copyable {
    private let handle: OpaquePointer
    private let name: String
    private var entry: OpaquePointer?
    /// How many bytes the entries so far claimed to have.
    private var total: Int64 = 0

    /// More than any debug package unpacks to; what claims more is made to do harm.
    private static let largest: Int64 = 8 << 30

    /// Opens the archive behind a descriptor, which stays with the caller.
    ///
    /// - Throws: `HubError` if it is no archive.
    init(descriptor: FileDescriptor, name: String) throws(HubError) {
        guard let handle = archive_read_new() else {
            throw HubError(name, .system(.noMemory))
        }
        archive_read_support_filter_gzip(handle)
        archive_read_support_filter_xz(handle)
        archive_read_support_filter_zstd(handle)
        archive_read_support_filter_rpm(handle)
        archive_read_support_format_tar(handle)
        archive_read_support_format_cpio(handle)
        archive_read_support_format_ar(handle)
        archive_read_support_format_raw(handle)
        guard archive_read_open_fd(handle, descriptor.rawValue, 1 << 16) == ARCHIVE_OK else {
            let words = Self.words(handle)
            archive_read_free(handle)
            throw HubError(name, .archive(words))
        }
        self.name = name
        self.handle = handle
    }

    deinit {
        archive_read_free(handle)
    }

    /// Goes to the next entry and returns its name, or nil at the end.
    ///
    /// - Throws: `HubError` if the archive is damaged, or the name leads out of it: nothing is ever
    ///   written under such a name, but an archive with one is not to be trusted.
    mutating func next() throws(HubError) -> String? {
        switch archive_read_next_header(handle, &entry) {
        case ARCHIVE_EOF: return nil
        case ARCHIVE_OK, ARCHIVE_WARN: break
        default: throw HubError(name, .archive(Self.words(handle)))
        }
        let entryName = archive_entry_pathname(entry).map { String(cString: $0) } ?? ""
        let parts = entryName.split(separator: "/")
        guard !entryName.hasPrefix("/"), !parts.contains("..") else {
            throw HubError(name, .unsafeName(entryName))
        }
        total &+= max(archive_entry_size(entry), 0)
        guard total <= Self.largest else { throw HubError(name, .tooLarge) }
        return entryName
    }

    /// Whether the entry is the whole of a compressed file that is no archive.
    var isRaw: Bool { archive_format(handle) == ARCHIVE_FORMAT_RAW }

    /// Whether the archive is of Debian's packages' kind.
    var isPackage: Bool { archive_format(handle) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_AR }

    /// The bytes of the entry.
    ///
    /// - Throws: `HubError` if the archive is damaged, or there are more bytes than the limit.
    mutating func contents(limit: Int) throws(HubError) -> [UInt8] {
        var contents: [UInt8] = []
        let claimed = Int(clamping: archive_entry_size(entry))
        if claimed > 0, claimed <= limit { contents.reserveCapacity(claimed) }
        var failure: HubError?
        try forEachBlock { block in
            contents += block
            if contents.count > limit { failure = HubError(name, .tooLarge) }
            return failure == nil
        }
        if let failure { throw failure }
        return contents
    }

    /// Writes the bytes of the entry to a file.
    ///
    /// - Throws: `HubError` if the archive is damaged or the disk is full.
    mutating func copy(to output: FileDescriptor) throws(HubError) {
        var failure: HubError?
        var total: Int64 = 0
        try forEachBlock { block in
            total += Int64(block.count)
            do {
                guard total <= Self.largest else { throw Errno.fileTooLarge }
                try output.writeAll(block)
            } catch {
                failure = HubError(name, .system(error as? Errno ?? .ioError))
            }
            return failure == nil
        }
        if let failure { throw failure }
    }

    private func forEachBlock(_ body: (UnsafeRawBufferPointer) -> Bool) throws(HubError) {
        var block = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = archive_read_data(handle, &block, block.count)
            if count == 0 { return }
            guard count > 0 else { throw HubError(name, .archive(Self.words(handle))) }
            guard block.withUnsafeBytes({ body(UnsafeRawBufferPointer(rebasing: $0[..<count])) })
            else { return }
        }
    }

    private static func words(_ handle: OpaquePointer) -> String {
        archive_error_string(handle).map { String(cString: $0) } ?? "unknown error"
    }
}
