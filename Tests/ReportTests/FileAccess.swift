import Glibc

/// Access to files in another user's name.
enum FileAccess {
    private static let nobody: UInt32 = 65_534

    /// Runs a closure in which this thread has no rights to files but those that all users have.
    ///
    /// Without the superuser's rights, nothing changes. Swift does not import `setfsuid`, the one
    /// call that is for a thread; those for the process would change what other tests may do.
    static func asNobody<Result>(_ body: () throws -> Result) rethrows -> Result {
        typealias SetFileSystemUser = @convention(c) (UInt32) -> Int32
        guard let symbol = dlsym(nil, "setfsuid") else { return try body() }
        let setUser = unsafeBitCast(symbol, to: SetFileSystemUser.self)
        let user = setUser(nobody)
        defer { _ = setUser(UInt32(bitPattern: user)) }
        return try body()
    }
}
