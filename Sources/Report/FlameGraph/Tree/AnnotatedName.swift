/// What the name of a frame in a folded stack tells: `function_[k]`, ``library`function``.
struct AnnotatedName: Equatable {
    /// The name without an annotation.
    let label: String
    /// The annotation's letter: `k` kernel, `i` inlined, `j` generated at run time, `w` waker.
    let annotation: Character?

    /// Takes a name apart.
    init(_ name: String) {
        guard let letter = Self.letter(of: name) else {
            label = name
            annotation = nil
            return
        }
        label = String(name.dropLast(4))
        annotation = letter
    }

    /// What is put behind the names of code of a kind: of the kernel's and of what was generated at
    /// run time.
    static func mark(of kind: Frame.Kind) -> String {
        switch kind {
        case .kernel: "_[k]"
        case .jit: "_[j]"
        case .user, .inlined, .truncated: ""
        }
    }

    /// The frame the name stands for.
    var frame: Frame { Frame(label, module: module, kind: kind) }

    private static func letter(of name: String) -> Character? {
        let bytes = Array(name.utf8.suffix(4))
        guard bytes.count == 4, bytes.starts(with: "_[".utf8), bytes[3] == UInt8(ascii: "]") else {
            return nil
        }
        let letter = Character(Unicode.Scalar(bytes[2]))
        return "kijw".contains(letter) ? letter : nil
    }

    private var kind: Frame.Kind {
        switch annotation {
        case "k": .kernel
        case "i": .inlined
        case "j": .jit
        default:
            if label.hasPrefix("[truncated") {
                .truncated
            } else if label.hasPrefix("[kernel") || label.hasPrefix("[guest.kernel") {
                .kernel
            } else {
                .user
            }
        }
    }

    /// DTrace writes ``module`function``; where a function is unknown, its module is in brackets.
    private var module: String {
        if let tick = label.firstIndex(of: "`"), tick != label.startIndex {
            return String(label[..<tick])
        }
        guard label.hasPrefix("["), label.hasSuffix("]"), kind == .user else { return "" }
        let inner = label.dropFirst().dropLast()
        if inner.hasPrefix("unknown in ") { return String(inner.dropFirst(11)) }
        return inner == "unknown" || inner == "no stack" ? "" : String(inner)
    }
}
