/// Takes the types out of a demangled Swift name.
///
/// `Names.Server.handle(request: Swift.String) -> Swift.Int` is `Names.Server.handle(request:)`
/// with its labels and `Names.Server.handle` without. Of an extension its module goes, of a
/// private entity its discriminator. What describes a part of another entity keeps its words:
/// `closure #1 in Names.run`.
struct SwiftName {
    /// The name with the labels of its parameters.
    private(set) var labelled = ""
    /// The name alone.
    private(set) var bare = ""

    private var rest: Substring

    /// Shortens a demangled name.
    init(_ name: String) {
        rest = name[...]
        while let character = rest.first {
            if rest.hasPrefix("->") || rest.hasPrefix(" : ") || rest.hasPrefix(" -> ") {
                guard skipToOuterName() else { break }
            } else if character == "<" {
                _ = takeBracketed("<", ">")
            } else if character == "(" {
                takeParentheses()
            } else {
                append(rest.removeFirst())
            }
        }
        while bare.last == " " { bare.removeLast() }
        while labelled.last == " " { labelled.removeLast() }
    }

    private mutating func append(_ character: Character) {
        labelled.append(character)
        bare.append(character)
    }

    /// Behind a type, moves on to the entity that contains this one: ` in Names.run()`.
    private mutating func skipToOuterName() -> Bool {
        while !rest.isEmpty {
            if rest.hasPrefix(" in ") {
                while bare.last == " " { bare.removeLast() }
                while labelled.last == " " { labelled.removeLast() }
                return true
            }
            switch rest.first {
            case "(": _ = takeBracketed("(", ")")
            case "<": _ = takeBracketed("<", ">")
            default: rest.removeFirst()
            }
        }
        return false
    }

    /// Parameters, or what qualifies a name: `(extension in Swift):`, `(name in _0123)`.
    private mutating func takeParentheses() {
        let startsName = bare.isEmpty || bare.last == "." || bare.last == " "
        let isClosure = bare.last == " " && bare.contains("#")
        let contents = takeBracketed("(", ")")
        if startsName, !isClosure {
            if contents.hasPrefix("extension in ") {
                if rest.first == ":" { rest.removeFirst() }
                return
            }
            let words = contents.split(separator: " ")
            if words.count == 3, words[1] == "in" {
                words[0].forEach { append($0) }
                return
            }
        }
        if !isClosure { labelled += "(\(Self.labels(of: contents)))" }
    }

    /// The labels of parameters: `request:_:` of `request: Swift.String, Swift.Int`.
    private static func labels(of parameters: Substring) -> String {
        var labels = ""
        var scanner = parameters
        while !scanner.isEmpty {
            let end = endOfParameter(in: scanner)
            let parameter = scanner[..<end].drop { $0 == " " }
            let colon = parameter.firstIndex { !$0.isLetter && !$0.isNumber && $0 != "_" }
            let hasLabel = colon.map { parameter[$0] == ":" } ?? false
            labels += hasLabel ? parameter[..<(colon ?? parameter.endIndex)] + ":" : "_:"
            scanner = scanner[end...].dropFirst()
        }
        return labels
    }

    /// The comma behind the first parameter, brackets skipped, or the end.
    private static func endOfParameter(in parameters: Substring) -> Substring.Index {
        var depth = 0
        var previous: Character = " "
        for index in parameters.indices {
            switch parameters[index] {
            case "(", "<", "[": depth += 1
            case ">" where previous == "-": break
            case ")", ">", "]": depth -= 1
            case "," where depth == 0: return index
            default: break
            }
            previous = parameters[index]
        }
        return parameters.endIndex
    }

    /// Consumes from the bracket at the front to the one that closes it, or to the end, and
    /// returns what is between.
    private mutating func takeBracketed(_ open: Character, _ close: Character) -> Substring {
        var depth = 0
        var previous: Character = " "
        for index in rest.indices {
            if rest[index] == open {
                depth += 1
            } else if rest[index] == close, previous != "-" {
                depth -= 1
                if depth == 0 {
                    let contents = rest[rest.index(after: rest.startIndex)..<index]
                    rest = rest[rest.index(after: index)...]
                    return contents
                }
            }
            previous = rest[index]
        }
        let contents = rest.dropFirst()
        rest = rest[rest.endIndex...]
        return contents
    }
}
