internal import Synchronization

/// What addr2line says was inlined at addresses of files, each asked for once.
final class InlinedFunctions: Sendable {
    private struct Key: Hashable {
        var address: String
        var function: String
        var file: String
    }

    private struct State {
        var programs: [String: AddressToLine?] = [:]
        var answers: [Key: [String]?] = [:]
    }

    private let state = Mutex(State())

    /// The functions at an address of a file, the outermost first; nil if they are unknown.
    ///
    /// Addresses of programs that can be anywhere in memory are not those of the file: there, the
    /// function and the offset in it (`main+0x12`) tell.
    func functions(address: String, function: String, file: String) -> [String]? {
        let key = Key(address: address, function: function, file: file)
        return state.withLock { state in
            if let answer = state.answers[key] { return answer }
            let answer = Self.ask(key, &state)
            state.answers[key] = .some(answer)
            return answer
        }
    }

    private static func ask(_ key: Key, _ state: inout State) -> [String]? {
        if state.programs[key.file] == nil {
            state.programs[key.file] = .some(AddressToLine(file: key.file))
        }
        guard let found = state.programs[key.file], let program = found else { return nil }
        if let functions = program.functions(at: "0x" + key.address) { return functions }
        let words = key.function.split(separator: "+0x")
        guard words.count == 2, !words[0].contains(where: \.isWhitespace) else { return nil }
        return program.functions(at: key.function)
    }
}
