/// Named addresses as JSON, an object on a line for each (`uprof.symbolize/1`).
package enum NamedAddressJSON {
    private static let schema = "uprof.symbolize/1"

    /// Appends the line of an address.
    package static func append(_ address: NamedAddress, to text: inout [UInt8]) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", schema)
            switch address.question {
            case .number(let number):
                writer.member("address", "0x" + String(number, radix: 16))
            case .invalid(let question): writer.member("address", question)
            }
            if let module = address.module { writer.member("module", module) }
            if let offset = address.fileOffset { writer.member("file_offset", offset) }
            writer.array("frames", of: address.functions) { members($1, in: &$0) }
            if let reason = address.reason { writer.member("reason", reason) }
            if let reason = address.lineReason { writer.member("line_reason", reason) }
        }
        text += writer.text.utf8
        text.append(UInt8(ascii: "\n"))
    }

    private static func members(
        _ function: NamedAddress.Function, in writer: inout JSONWriter
    ) {
        if let name = function.name { writer.member("function", name) }
        if let file = function.file {
            writer.member("file", file)
            writer.member("line", function.line)
            writer.member("column", function.column)
        }
        writer.member("kind", function.isInlined ? "inlined" : "function")
        if let offset = function.offset { writer.member("offset", offset) }
    }
}
