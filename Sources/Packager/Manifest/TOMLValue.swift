internal import CTOML

/// A value of a TOML document (toml.io, version 1.0).
enum TOMLValue: Hashable {
    case table([String: TOMLValue])
    case array([TOMLValue])
    case string(String)
    case integer(Int64)
    case boolean(Bool)
    /// What no manifest has: fractions, dates and times.
    case other

    /// Where and why a text is no TOML.
    struct Fault: Error {
        let line: Int
        let problem: String
    }

    /// Reads a document: a table.
    ///
    /// - Throws: `Fault`.
    init(parsing text: String) throws(Fault) {
        let builder = TOMLBuilder()
        let context = Unmanaged.passUnretained(builder).toOpaque()
        var message = [CChar](repeating: 0, count: 256)
        let line = Array(text.utf8).withUnsafeBytes { bytes in
            uprof_toml_read(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count,
                { context, kind, key, keySize, text, textSize in
                    guard let context else { return }
                    Unmanaged<TOMLBuilder>.fromOpaque(context).takeUnretainedValue().receive(
                        kind, key: String(key, size: keySize), text: String(text, size: textSize))
                }, context, &message, message.count)
        }
        guard line == 0, let document = builder.document else {
            let words = String(
                decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw Fault(line: line, problem: words)
        }
        self = document
    }

    /// The text of a string as TOML has it: a basic string.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\0"..<" ", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

/// Puts a document together from what is read.
private final class TOMLBuilder {
    /// A table or array that has started, and the key it has.
    private var open: [(key: String, value: TOMLValue)] = []
    /// The whole, once it has ended.
    private(set) var document: TOMLValue?

    func receive(_ kind: uprof_toml_kind, key: String, text: String) {
        switch kind {
        case UPROF_TOML_TABLE: open.append((key, .table([:])))
        case UPROF_TOML_ARRAY: open.append((key, .array([])))
        case UPROF_TOML_END:
            guard let (key, value) = open.popLast() else { return }
            add(value, key: key)
        case UPROF_TOML_STRING: add(.string(text), key: key)
        case UPROF_TOML_INTEGER: add(Int64(text).map { .integer($0) } ?? .other, key: key)
        case UPROF_TOML_BOOLEAN: add(.boolean(text == "true"), key: key)
        default: add(.other, key: key)
        }
    }

    private func add(_ value: TOMLValue, key: String) {
        guard let last = open.indices.last else {
            document = value
            return
        }
        switch open[last].value {
        case .table(var members):
            open[last].value = .table([:])
            members[key] = value
            open[last].value = .table(members)
        case .array(var elements):
            open[last].value = .array([])
            elements.append(value)
            open[last].value = .array(elements)
        default: break
        }
    }
}

extension String {
    /// A text of C that need not end with a zero.
    fileprivate init(_ start: UnsafePointer<CChar>?, size: Int) {
        self.init(
            decoding: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : size),
            as: UTF8.self)
    }
}
