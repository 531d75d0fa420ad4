internal import Report

/// Answers that are made in any order and written in that of their questions.
struct AnswerBatch {
    private var text: [UInt8] = []
    /// The same in the order of the questions.
    private var ordered: [UInt8] = []
    /// Where in the text each answer is.
    private var places: [Range<Int>] = []
    /// What is to be said on stderr, by the question.
    private var messages: [Int: [String]] = [:]

    /// The bytes that are written at once, and some.
    private static let mostBuffered = 64 << 10

    /// Prepares for the answers to as many questions.
    mutating func begin(count: Int) {
        text.removeAll(keepingCapacity: true)
        messages = [:]
        places = [Range<Int>](repeating: 0..<0, count: count)
    }

    /// Adds the answer to the question of a number.
    mutating func add(_ answer: NamedAddress, asJSON isJSON: Bool, to question: Int) {
        let start = text.count
        if isJSON {
            NamedAddressJSON.append(answer, to: &text)
        } else {
            NamedAddressText.append(answer, to: &text)
        }
        places[question] = start..<text.count
    }

    /// Adds a message about a question, for people.
    mutating func explain(_ question: Int, _ message: String) {
        messages[question, default: []].append(message)
    }

    /// Writes all of them.
    ///
    /// - Throws: `StreamError` if stdout cannot be written to.
    mutating func write() throws(StreamError) {
        ordered.removeAll(keepingCapacity: true)
        for (question, place) in places.enumerated() {
            for message in messages[question] ?? [] { StandardError.write("uprof: \(message)\n") }
            ordered += text[place]
            if ordered.count > Self.mostBuffered {
                try StandardOutput.write(ordered)
                ordered.removeAll(keepingCapacity: true)
            }
        }
        try StandardOutput.write(ordered)
    }
}
