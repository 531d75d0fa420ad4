internal import Symbolizer
internal import Synchronization
internal import SystemPackage

/// What was inlined at addresses of files, each looked up once.
final class InlinedFunctions: Sendable {
    private struct Key: Hashable {
        var address: String
        var function: String
        var file: String
    }

    private let images = ImageCache()
    private let answers = Mutex<[Key: [String]?]>([:])

    /// The functions at an address of a file, the outermost first; nil if they are unknown.
    ///
    /// Addresses of programs that can be anywhere in memory are not those of the file: there, the
    /// function and the offset in it (`main+0x12`) tell.
    func functions(address: String, function: String, file: String) -> [String]? {
        let key = Key(address: address, function: function, file: file)
        return answers.withLock { answers in
            if let answer = answers[key] { return answer }
            let answer = find(key)
            answers[key] = .some(answer)
            return answer
        }
    }

    private func find(_ key: Key) -> [String]? {
        guard let image = try? images.image(at: FilePath(key.file)) else { return nil }
        if let address = UInt64(key.address, radix: 16),
            let functions = Self.functions(at: Address(address), in: image)
        {
            return functions
        }
        let words = key.function.split(separator: "+0x")
        guard words.count == 2, let offset = UInt64(words[1], radix: 16),
            let function = image.functions.functions(named: String(words[0])).first
        else { return nil }
        return Self.functions(at: Address(function.address.rawValue &+ offset), in: image)
    }

    private static func functions(at address: Address, in image: LoadedImage) -> [String]? {
        let frames = image.location(of: address).frames
        guard !frames.isEmpty else { return nil }
        return frames.reversed().map { $0.displayName ?? "??" }
    }
}
