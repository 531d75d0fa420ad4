internal import Report
internal import Symbolizer

/// Answers what addresses are called, in one of the formats, on stdout.
///
/// Those that come together are looked up in their order, which is also that of what is known about
/// them: each look-up finds in the processor's caches what the one before has read.
struct AddressAnswers {
    private let space: AddressSpace
    private let isJSON: Bool
    private let inlines: Bool
    private let demangles: Bool
    private let explains: Bool

    /// Whether something that was asked is no address.
    private(set) var hasInvalid = false
    private var questions: [NamedAddress.Question] = []
    private var text: [UInt8] = []

    /// How many questions are answered together, if nobody waits for them.
    private static let mostQuestions = 8192
    /// Answers are written together, but for those that somebody waits for.
    private static let mostBuffered = 256 << 10

    init(space: AddressSpace, options: AddressOutputOptions) {
        self.space = space
        isJSON = options.json
        inlines = !options.noInlines
        demangles = options.demangle
        explains = options.verbose
    }

    /// Takes a question, a hexadecimal number, to be answered after those before it.
    ///
    /// - Throws: `StreamError` if stdout cannot be written to.
    mutating func ask(_ question: ArraySlice<UInt8>) throws(StreamError) {
        if let address = Address(hexadecimal: question) {
            questions.append(.number(address.rawValue))
        } else {
            questions.append(.invalid(String(decoding: question, as: UTF8.self)))
        }
        if questions.count >= Self.mostQuestions { try answer() }
    }

    /// Answers what has not been answered.
    ///
    /// - Throws: `StreamError` if stdout cannot be written to.
    mutating func answer() throws(StreamError) {
        let locations = locations()
        for (question, location) in zip(questions, locations) {
            append(named(question, location))
            if text.count > Self.mostBuffered { try write() }
        }
        questions.removeAll(keepingCapacity: true)
        try write()
    }

    private mutating func write() throws(StreamError) {
        try StandardOutput.write(text)
        text.removeAll(keepingCapacity: true)
    }

    private mutating func append(_ answer: NamedAddress) {
        if isJSON {
            NamedAddressJSON.append(answer, to: &text)
        } else {
            NamedAddressText.append(answer, to: &text)
        }
    }

    /// What is known about the addresses that are asked for, in the order of the questions.
    private func locations() -> [CodeLocation?] {
        var asked: [(address: UInt64, index: Int)] = []
        for case (let index, .number(let address)) in questions.enumerated() {
            asked.append((address, index))
        }
        asked.sort { $0.address < $1.address }
        var locations = [CodeLocation?](repeating: nil, count: questions.count)
        for (address, index) in asked {
            locations[index] = space.location(of: Address(address), inlines: inlines)
        }
        return locations
    }

    private mutating func named(
        _ question: NamedAddress.Question, _ location: CodeLocation?
    ) -> NamedAddress {
        guard case .number(let address) = question, let location else {
            return refused(question)
        }
        if explains { explain(location, Address(address)) }
        var answer = NamedAddress(
            question, module: location.modulePath, fileOffset: location.fileOffset?.rawValue,
            functions: location.frames.map(function))
        // Put into words where they are shown: they take longer than all else.
        if isJSON {
            answer.reason = location.unknownName?.description
            answer.lineReason = location.unknownLine?.description
        }
        return answer
    }

    private mutating func refused(_ question: NamedAddress.Question) -> NamedAddress {
        hasInvalid = true
        if case .invalid(let words) = question {
            StandardError.write("uprof: not a hexadecimal address: \(HarmlessText.of(words))\n")
        }
        return NamedAddress(question, reason: "not a hexadecimal address")
    }

    private func function(_ frame: CodeLocation.Frame) -> NamedAddress.Function {
        NamedAddress.Function(
            name: demangles ? frame.displayName : frame.name, file: frame.position?.file,
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
