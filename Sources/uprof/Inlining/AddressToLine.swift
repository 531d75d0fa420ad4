internal import Glibc

/// A running addr2line, which is asked for one address of a file after the other.
final class AddressToLine {
    private let process: pid_t
    private let input: Int32
    private let output: UnsafeMutablePointer<FILE>

    /// An address no file has: its answer ends the one before.
    private static let end = "0xffffffffffffffff"

    /// Starts addr2line for a file; nil if it cannot be started.
    init?(file: String) {
        var requests: [Int32] = [-1, -1]
        var answers: [Int32] = [-1, -1]
        guard pipe(&requests) == 0 else { return nil }
        guard pipe(&answers) == 0 else {
            requests.forEach { close($0) }
            return nil
        }
        // Another addr2line that kept this one's pipe open would keep it waiting.
        for descriptor in requests + answers { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        let arguments = ["addr2line", "-a", "-i", "-f", "-s", "-C", "-e", file]
        let process = Self.spawn(arguments, input: requests[0], output: answers[1])
        close(requests[0])
        close(answers[1])
        guard let process, let stream = fdopen(answers[0], "r") else {
            close(requests[1])
            close(answers[0])
            return nil
        }
        self.process = process
        input = requests[1]
        output = stream
    }

    deinit {
        close(input)
        fclose(output)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    /// The functions at an address (`0x7f12` or `function+0x12`), the outermost first; nil if they
    /// are unknown.
    func functions(at address: String) -> [String]? {
        guard send("\(address)\n\(Self.end)\n") else { return nil }
        var lines: [String] = []
        while let line = readLine(), line != Self.end { lines.append(line) }
        // What is unknown about the end itself.
        for _ in 0..<2 { _ = readLine() }
        // The address comes first, and then a function and its place by turns.
        let functions = stride(from: 1, to: lines.count, by: 2).map { lines[$0] }
        guard let first = functions.first, first != "??" else { return nil }
        return functions.reversed()
    }

    private func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private func readLine() -> String? {
        var line: UnsafeMutablePointer<CChar>?
        var size = 0
        defer { free(line) }
        let count = getline(&line, &size, output)
        guard count > 0, let line else { return nil }
        let bytes = UnsafeRawBufferPointer(start: line, count: count)
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    private static func spawn(_ arguments: [String], input: Int32, output: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        var process: pid_t = 0
        let strings = arguments.map { strdup($0) }
        defer { strings.forEach { free($0) } }
        let status = posix_spawnp(
            &process, arguments[0], &actions, nil, strings + [nil], environ)
        return status == 0 ? process : nil
    }
}
