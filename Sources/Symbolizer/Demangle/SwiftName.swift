/// Takes the types out of a demangled Swift name.
///
/// `Names.Server.handle(request: Swift.String) -> Swift.Int` is `Names.Server.handle(request:)`
/// with its labels and `Names.Server.handle` without. Of an extension its module goes, of a
/// private entity its discriminator. What describes a part of another entity keeps its words:
/// `closure #1 in Names.run`.
///
/// Works on bytes, which is ten times as fast as on characters: all that matters is ASCII.
struct SwiftName {
    private var labelledBytes: [UInt8] = []
    private var bareBytes: [UInt8] = []
    private var rest: ArraySlice<UInt8>

    /// The name with the labels of its parameters.
    var labelled: String { String(decoding: labelledBytes, as: UTF8.self) }
    /// The name alone.
    var bare: String { String(decoding: bareBytes, as: UTF8.self) }

    private enum Mark {
        static let space = UInt8(ascii: " ")
        static let open = UInt8(ascii: "(")
        static let close = UInt8(ascii: ")")
        static let openAngle = UInt8(ascii: "<")
        static let closeAngle = UInt8(ascii: ">")
        static let hyphen = UInt8(ascii: "-")
        static let colon = UInt8(ascii: ":")
        static let dot = UInt8(ascii: ".")
    }

    /// Shortens a demangled name.
    init(_ name: String) {
        rest = Array(name.utf8)[...]
        while let byte = rest.first {
            if startsType() {
                guard skipToOuterName() else { break }
            } else if byte == Mark.openAngle {
                _ = takeBracketed(Mark.openAngle, Mark.closeAngle)
            } else if byte == Mark.open {
                takeParentheses()
            } else {
                append(rest.removeFirst())
            }
        }
        trim()
    }

    private mutating func append(_ byte: UInt8) {
        labelledBytes.append(byte)
        bareBytes.append(byte)
    }

    private mutating func trim() {
        while bareBytes.last == Mark.space { bareBytes.removeLast() }
        while labelledBytes.last == Mark.space { labelledBytes.removeLast() }
    }

    /// Whether a result or the type of a variable follows: `-> Swift.Int`, ` : Swift.Int`.
    private func startsType() -> Bool {
        rest.first == Mark.hyphen || rest.first == Mark.space
            ? starts("->") || starts(" : ") || starts(" -> ") : false
    }

    private func starts(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { rest.starts(with: $0) }
    }

    /// Behind a type, moves on to the entity that contains this one: ` in Names.run()`.
    private mutating func skipToOuterName() -> Bool {
        while let byte = rest.first {
            if starts(" in ") {
                trim()
                return true
            }
            switch byte {
            case Mark.open: _ = takeBracketed(Mark.open, Mark.close)
            case Mark.openAngle: _ = takeBracketed(Mark.openAngle, Mark.closeAngle)
            default: rest.removeFirst()
            }
        }
        return false
    }

    /// Parameters, or what qualifies a name: `(extension in Swift):`, `(name in _0123)`.
    private mutating func takeParentheses() {
        let isClosure = bareBytes.last == Mark.space && bareBytes.contains(UInt8(ascii: "#"))
        let startsName =
            bareBytes.isEmpty || bareBytes.last == Mark.dot || bareBytes.last == Mark.space
        let contents = takeBracketed(Mark.open, Mark.close)
        if isClosure { return }
        if startsName {
            let words = contents.split(separator: Mark.space)
            if words.count == 3, words[1].elementsEqual("in".utf8) {
                guard !words[0].elementsEqual("extension".utf8) else {
                    if rest.first == Mark.colon { rest.removeFirst() }
                    return
                }
                words[0].forEach { append($0) }
                return
            }
        }
        labelledBytes += [Mark.open] + Self.labels(of: contents) + [Mark.close]
    }

    /// The labels of parameters: `request:_:` of `request: Swift.String, Swift.Int`.
    private static func labels(of parameters: ArraySlice<UInt8>) -> [UInt8] {
        var labels: [UInt8] = []
        var scanner = parameters
        while !scanner.isEmpty {
            let end = endOfParameter(in: scanner)
            let parameter = scanner[..<end].drop { $0 == Mark.space }
            let label = parameter.prefix(while: isIdentifier)
            let hasLabel = !label.isEmpty && parameter.dropFirst(label.count).first == Mark.colon
            labels += hasLabel ? label + [Mark.colon] : [UInt8(ascii: "_"), Mark.colon]
            scanner = scanner[end...].dropFirst()
        }
        return labels
    }

    private static func isIdentifier(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    /// The comma behind the first parameter, brackets skipped, or the end.
    private static func endOfParameter(in parameters: ArraySlice<UInt8>) -> Int {
        var depth = 0
        var previous = Mark.space
        for index in parameters.indices {
            switch parameters[index] {
            case Mark.open, Mark.openAngle, UInt8(ascii: "["): depth += 1
            case Mark.closeAngle where previous == Mark.hyphen: break
            case Mark.close, Mark.closeAngle, UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ",") where depth == 0: return index
            default: break
            }
            previous = parameters[index]
        }
        return parameters.endIndex
    }

    /// Consumes from the bracket at the front to the one that closes it, or to the end, and
    /// returns what is between.
    private mutating func takeBracketed(_ open: UInt8, _ close: UInt8) -> ArraySlice<UInt8> {
        var depth = 0
        var previous = Mark.space
        for index in rest.indices {
            if rest[index] == open {
                depth += 1
            } else if rest[index] == close, previous != Mark.hyphen {
                depth -= 1
                if depth == 0 {
                    let contents = rest[..<index].dropFirst()
                    rest = rest[(index + 1)...]
                    return contents
                }
            }
            previous = rest[index]
        }
        let contents = rest.dropFirst()
        rest = []
        return contents
    }
}
