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
    private var answers = AnswerBatch()

    /// How many questions are answered together, if nobody waits for them.
    private static let mostQuestions = 2048

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
        answers.begin(count: questions.count)
        if questions.count > 1 { space.expectMany() }
        for index in order() {
            switch questions[index] {
            case .invalid(let words):
                hasInvalid = true
                answers.explain(index, "not a hexadecimal address: \(HarmlessText.of(words))")
                let answer = NamedAddress(questions[index], reason: "not a hexadecimal address")
                answers.add(answer, asJSON: isJSON, to: index)
            case .number(let number):
                let location = space.location(of: Address(number), inlines: inlines)
                answers.add(answer(location, to: number), asJSON: isJSON, to: index)
                if explains { explain(location, as: index) }
            }
        }
        questions.removeAll(keepingCapacity: true)
        try answers.write()
    }

    /// The indices of the questions, in the order of the addresses.
    private func order() -> [Int] {
        var asked: [(address: UInt64, index: Int)] = []
        asked.reserveCapacity(questions.count)
        for (index, question) in questions.enumerated() {
            if case .number(let address) = question {
                asked.append((address, index))
            } else {
                asked.append((0, index))
            }
        }
        asked.sort { $0.address < $1.address }
        return asked.map(\.index)
    }

    private func answer(_ location: CodeLocation, to number: UInt64) -> NamedAddress {
        var answer = NamedAddress(
            .number(number), module: location.modulePath, fileOffset: location.fileOffset?.rawValue)
        answer.functions.reserveCapacity(location.frames.count)
        for frame in location.frames {
            answer.functions.append(
                NamedAddress.Function(
                    name: demangles ? frame.displayName : frame.name, file: frame.position?.file,
                    line: frame.position?.line ?? 0, column: frame.position?.column ?? 0,
                    isInlined: frame.isInlined, offset: frame.offset))
        }
        // Put into words where they are shown: they take longer than all else.
        if isJSON {
            answer.reason = location.unknownName?.description
            answer.lineReason = location.unknownLine?.description
        }
        return answer
    }

    private mutating func explain(_ location: CodeLocation, as index: Int) {
        if let reason = location.unknownName {
            answers.explain(index, "\(location.address): no name: \(reason)")
        }
        if let reason = location.unknownLine, reason != location.unknownName {
            answers.explain(index, "\(location.address): no line: \(reason)")
        }
    }
}
