/// Writes one line of JSON, keys in the order they come.
package struct JSONWriter {
    /// What was written so far.
    package private(set) var text = ""
    private var needsComma = false

    /// Nothing is written yet.
    package init() {}

    /// Writes an object; the closure writes its members.
    package mutating func object(_ members: (inout JSONWriter) -> Void) {
        nest("{", members, "}")
    }

    /// Writes an array of objects; the closure writes the members of each.
    package mutating func array<Element>(
        _ key: String, of elements: [Element], _ members: (inout JSONWriter, Element) -> Void
    ) {
        self.key(key)
        nest(
            "[",
            { writer in
                for element in elements {
                    writer.object { members(&$0, element) }
                }
            }, "]")
    }

    /// Writes a member that is an object.
    package mutating func object(_ key: String, _ members: (inout JSONWriter) -> Void) {
        self.key(key)
        object(members)
    }

    /// Writes a member that is an array of numbers.
    package mutating func array(_ key: String, numbers: some Sequence<some BinaryInteger>) {
        self.key(key)
        list(numbers)
    }

    /// Writes a member that is an array of arrays of numbers, one for each element.
    package mutating func arrays<Element>(
        _ key: String, of elements: [Element], _ numbers: (Element) -> [Int]
    ) {
        self.key(key)
        nest(
            "[",
            { writer in
                for element in elements {
                    if writer.needsComma { writer.text += ", " }
                    writer.list(numbers(element))
                }
            }, "]")
    }

    /// Writes a member that is an array of strings.
    package mutating func array(_ key: String, strings: [String]) {
        self.key(key)
        nest(
            "[",
            { writer in
                for string in strings {
                    if writer.needsComma { writer.text += ", " }
                    writer.append(string)
                    writer.needsComma = true
                }
            }, "]")
    }

    /// Writes a member that is a number with three places.
    package mutating func member(_ key: String, thousandths number: UInt64) {
        self.key(key)
        let places = String(number % 1_000)
        text += "\(number / 1_000)." + String(repeating: "0", count: 3 - places.count) + places
        needsComma = true
    }

    /// Writes a member that is true or false.
    package mutating func member(_ key: String, isTrue: Bool) {
        self.key(key)
        text += isTrue ? "true" : "false"
        needsComma = true
    }

    /// Writes a member that is a number.
    package mutating func member(_ key: String, _ number: some BinaryInteger) {
        self.key(key)
        text += String(number)
        needsComma = true
    }

    /// Writes a member that is a string.
    package mutating func member(_ key: String, _ string: String) {
        self.key(key)
        append(string)
        needsComma = true
    }

    /// Writes a member that is an array of numbers.
    package mutating func numbers(_ key: String, _ numbers: [some BinaryInteger]) {
        self.key(key)
        text += "[" + numbers.map { String($0) }.joined(separator: ", ") + "]"
        needsComma = true
    }

    private mutating func nest(
        _ open: String, _ content: (inout JSONWriter) -> Void, _ close: String
    ) {
        if needsComma { text += ", " }
        text += open
        needsComma = false
        content(&self)
        text += close
        needsComma = true
    }

    private mutating func list(_ numbers: some Sequence<some BinaryInteger>) {
        text += "["
        var isFirst = true
        for number in numbers {
            if !isFirst { text += "," }
            isFirst = false
            text += String(number)
        }
        text += "]"
        needsComma = true
    }

    private mutating func key(_ key: String) {
        if needsComma { text += ", " }
        append(key)
        text += ": "
        needsComma = false
    }

    /// RFC 8259, section 7; DEL and C1 are escaped too, for the sake of terminals.
    private mutating func append(_ string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\0"..<" ", "\u{7F}"..<"\u{A0}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
