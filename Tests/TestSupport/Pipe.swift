internal import Glibc

/// A pipe whose ends are closed when it goes, unless they were taken.
struct Pipe: ~Copyable {
    private(set) var readEnd: Int32
    private(set) var writeEnd: Int32

    /// Opens a pipe that is closed in children, except where it becomes a standard stream.
    ///
    /// Call it with ``spawnLock`` held: Swift does not import `pipe2`, and a child that started
    /// between the two calls here would inherit the ends and keep them open.
    ///
    /// - Throws: ``TestSupportError/systemCall(_:reason:)`` when there are no descriptors left.
    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw TestSupportError.systemCall("pipe", reason: String(cString: strerror(errno)))
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        for end in [readEnd, writeEnd] where end >= 0 { close(end) }
    }

    /// Hands over the end to read from.
    mutating func takeReadEnd() -> Int32 {
        defer { readEnd = -1 }
        return readEnd
    }

    /// Hands over the end to write to.
    mutating func takeWriteEnd() -> Int32 {
        defer { writeEnd = -1 }
        return writeEnd
    }
}
