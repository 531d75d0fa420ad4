internal import Glibc
internal import SystemPackage

/// A file another process appends to, read as far as it is written.
///
/// A name in `/tmp` anyone could have written: as perf does, only a file of the process' own user
/// or of root is read, no link is followed. At most ``mostBytes`` are read.
struct GrowingFile {
    /// Bytes that are read in all at most.
    static let mostBytes: Int = 1 << 30
    /// Bytes that are read at a time.
    private static let chunk = 64 << 20

    /// Why a file is not read, and what to say.
    enum Refusal: Error, Equatable {
        /// There is none, or it cannot be opened.
        case missing
        /// It is not a plain file of the user of the process, or older than the process.
        case untrusted(String)
    }

    /// What tells a file from all others.
    private struct Identity: Equatable {
        var device: UInt
        var inode: UInt
    }

    let path: FilePath
    private var file: Identity?
    private var position: Int = 0

    init(path: FilePath) {
        self.path = path
    }

    /// Reads what was added.
    ///
    /// - Parameters:
    ///   - user: Who the file may belong to, besides root.
    ///   - started: When the process started, in seconds since 1970; nil to take older files.
    ///   - take: Is given bytes, and whether they are the first of a file, and returns how many
    ///     it needs no more.
    /// - Throws: `Refusal` if the file is missing or not to be trusted.
    mutating func update(
        user: UInt32, started: Int?, take: (_ bytes: [UInt8], _ isFirst: Bool) -> Int
    ) throws(Refusal) {
        let descriptor = open(path.string, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw .missing }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .missing }
        try check(status, user: user, started: started)
        let identity = Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
        var isFirst = file != identity || Int(status.st_size) < position
        if isFirst { position = 0 }
        file = identity
        while position < Self.mostBytes {
            let bytes = [UInt8](unsafeUninitializedCapacity: Self.size(status, position)) {
                buffer, count in
                count = max(pread(descriptor, buffer.baseAddress, buffer.count, position), 0)
            }
            let taken = bytes.isEmpty && !isFirst ? 0 : take(bytes, isFirst)
            position += Int(taken)
            isFirst = false
            if taken == 0 { return }
        }
    }

    /// How much to read next: what is left, and a little for what is written meanwhile.
    private static func size(_ status: stat, _ position: Int) -> Int {
        Int(min(max(Int(status.st_size) - position, 0) + 4096, Int(chunk)))
    }

    private func check(_ status: stat, user: UInt32, started: Int?) throws(Refusal) {
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .untrusted("\(path) is not a regular file; its names are not used")
        }
        guard status.st_uid == user || status.st_uid == 0 else {
            throw .untrusted(
                "\(path) belongs to user \(status.st_uid), neither the process' user nor root; "
                    + "its names are not used")
        }
        if let started, status.st_mtim.tv_sec < started {
            throw .untrusted(
                "\(path) is older than the process, of another with the same ID; "
                    + "its names are not used")
        }
    }
}
