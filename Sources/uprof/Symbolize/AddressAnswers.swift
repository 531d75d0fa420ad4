internal import Report
internal import Symbolizer

/// Answers what addresses are called, in one of the formats, on stdout.
struct AddressAnswers {
    let space: AddressSpace
    let options: AddressOutputOptions

    /// Whether something that was asked is no address.
    private(set) var hasInvalid = false
    private var text: [UInt8] = []

    /// Answers are written together, but for those that somebody waits for.
    private static let mostBuffered = 256 << 10

    init(space: AddressSpace, options: AddressOutputOptions) {
        self.space = space
        self.options = options
    }

    /// Answers a question: a hexadecimal number.
    ///
    /// - Throws: `StreamError` if stdout cannot be written to.
    mutating func answer(_ question: ArraySlice<UInt8>) throws(StreamError) {
        if options.json {
            NamedAddressJSON.append(named(question), to: &text)
        } else {
            NamedAddressText.append(named(question), to: &text)
        }
        if text.count > Self.mostBuffered { try flush() }
    }

    /// Writes what has not been written.
    ///
    /// - Throws: `StreamError` if stdout cannot be written to.
    mutating func flush() throws(StreamError) {
        try StandardOutput.write(text)
        text.removeAll(keepingCapacity: true)
    }

    private mutating func named(_ question: ArraySlice<UInt8>) -> NamedAddress {
        guard let address = Address(hexadecimal: question) else {
            let words = String(decoding: question, as: UTF8.self)
            hasInvalid = true
            StandardError.write("uprof: not a hexadecimal address: \(HarmlessText.of(words))\n")
            return NamedAddress(.invalid(words), reason: "not a hexadecimal address")
        }
        let location = space.location(of: address, inlines: !options.noInlines)
        if options.verbose { explain(location, address) }
        var answer = NamedAddress(
            .number(address.rawValue), module: location.modulePath,
            fileOffset: location.fileOffset?.rawValue, functions: location.frames.map(function))
        // Put into words where they are shown: they take longer than all else.
        if options.json {
            answer.reason = location.unknownName?.description
            answer.lineReason = location.unknownLine?.description
        }
        return answer
    }

    private func function(_ frame: CodeLocation.Frame) -> NamedAddress.Function {
        NamedAddress.Function(
            name: options.demangle ? frame.displayName : frame.name, file: frame.position?.file,
            line: frame.position?.line ?? 0, column: frame.position?.column ?? 0,
            isInlined: frame.isInlined, offset: frame.offset)
    }

    private func explain(_ location: CodeLocation, _ address: Address) {
        if let reason = location.unknownName {
            StandardError.write("uprof: \(address): no name: \(reason)\n")
        }
        if let reason = location.unknownLine, reason != location.unknownName {
            StandardError.write("uprof: \(address): no line: \(reason)\n")
        }
    }
}
