internal import Glibc
internal import Synchronization

/// Held while pipes are made and a child starts, so that no child inherits another's pipes.
let spawnLock = Mutex(())

/// Starts a program by `posix_spawn`, in a process group of its own.
///
/// The child has default signal handling and an empty signal mask, whatever the tests have set.
///
/// - Throws: ``TestSupportError/cannotStart(_:code:reason:)``.
func spawn(
    _ path: String, _ arguments: [String], environment: [String: String], standardStreams: [Int32]
) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, descriptor) in standardStreams.enumerated() {
        posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var processID: pid_t = 0
    let code = withCStrings([path] + arguments) { arguments in
        withCStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
            posix_spawn(&processID, path, &actions, &attributes, arguments, environment)
        }
    }
    guard code == 0 else {
        throw TestSupportError.cannotStart(
            path, code: code, reason: String(cString: strerror(code)))
    }
    return processID
}

/// Lends strings in the form of `argv`: C strings and a null at the end.
private func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    let copies = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
}
