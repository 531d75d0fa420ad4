internal import Glibc
internal import SystemPackage

/// There is no password.
struct PasswordError: Error, CustomStringConvertible {
    let description: String
}

/// Asks for passwords on the terminal, wherever stdin and stdout go.
enum PasswordPrompt {
    /// A longer line is no password.
    private static let longest = 4_096

    /// Asks for a password, twice if it is a new one.
    ///
    /// - Throws: `PasswordError` without a terminal, or if the two are not the same.
    static func ask(_ prompt: String, confirming: Bool) throws(PasswordError) -> String {
        guard let terminal = try? FileDescriptor.open("/dev/tty", .readWrite) else {
            throw PasswordError(
                description: "no terminal to ask for the \(prompt); give --password-file")
        }
        defer { try? terminal.close() }
        let password = try hiddenLine("\(prompt): ", terminal)
        if confirming, try hiddenLine("once more: ", terminal) != password {
            throw PasswordError(description: "the two passwords differ")
        }
        return password
    }

    /// Reads the first line of a file; `-` is stdin.
    ///
    /// - Throws: `PasswordError` if it cannot be read or is empty.
    static func read(_ path: String) throws(PasswordError) -> String {
        do {
            if path == "-" { return try line(of: .standardInput) }
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            defer { try? file.close() }
            return try line(of: file)
        } catch let error as PasswordError {
            throw error
        } catch {
            throw PasswordError(description: "\(path): \(error)")
        }
    }

    private static func hiddenLine(
        _ prompt: String, _ terminal: FileDescriptor
    ) throws(PasswordError) -> String {
        var settings = termios()
        tcgetattr(terminal.rawValue, &settings)
        var hidden = settings
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(terminal.rawValue, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(terminal.rawValue, TCSAFLUSH, &settings)
            _ = try? terminal.writeAll("\n".utf8)
        }
        _ = try? terminal.writeAll(prompt.utf8)
        return try line(of: terminal)
    }

    private static func line(of file: FileDescriptor) throws(PasswordError) -> String {
        var line: [UInt8] = []
        var byte: [UInt8] = [0]
        while line.count < longest,
            (try? byte.withUnsafeMutableBytes { try file.read(into: $0) }) == 1,
            byte[0] != UInt8(ascii: "\n")
        {
            line.append(byte[0])
        }
        guard !line.isEmpty else { throw PasswordError(description: "the password is empty") }
        return String(decoding: line, as: UTF8.self)
    }
}
