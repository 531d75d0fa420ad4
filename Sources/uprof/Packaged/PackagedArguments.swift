internal import ArgumentParser

/// What a bundle is started with: its own options, and those of what it runs.
struct PackagedArguments {
    /// What is asked of it.
    enum Request {
        case run, help, doctor, version
    }

    private(set) var request = Request.run
    /// The key that it must be signed with.
    private(set) var requiredKey: String?
    /// Whether the types of a similar kernel will do.
    private(set) var allowsNearest = false
    /// The options of what it runs.
    private(set) var options: [String] = []

    private static let keyOption = "--require-signature"

    /// Takes the bundle's own options out of a command line.
    ///
    /// - Throws: `ValidationError` if one lacks its value.
    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "--":
                options += [word] + rest
                return
            case "--help", "-h": request = .help
            case "--doctor": request = .doctor
            case "--version": request = .version
            case "--allow-nearest": allowsNearest = true
            case Self.keyOption:
                guard let key = rest.popFirst() else {
                    throw ValidationError("\(Self.keyOption) needs a public key")
                }
                requiredKey = key
            case _ where word.hasPrefix("\(Self.keyOption)="):
                requiredKey = String(word.dropFirst(Self.keyOption.count + 1))
            default: options.append(word)
            }
        }
    }
}
