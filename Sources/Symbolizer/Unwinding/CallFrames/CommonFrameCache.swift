internal import Bytes

/// The common parts of a section, each decoded once.
struct CommonFrameCache {
    /// A common part, and the state that its instructions lead to.
    struct Common {
        let information: CommonFrameInformation
        let state: CallFrameState
    }

    private let section: CallFrameSection
    private var known: [Int: Result<Common, CallFrameError>] = [:]
    private var last: (offset: Int, common: Common)?
    /// How many more bytes may be looked at. Each byte belongs to one entry, but a damaged index
    /// or reference can name any place: without an end to it, such a file could take hours.
    private var budget: Int

    /// Starts with nothing decoded.
    init(section: CallFrameSection) {
        self.section = section
        budget = section.contents.bytes.byteCount.multipliedReportingOverflow(by: 4).partialValue
    }

    /// Takes bytes off those that may be looked at.
    ///
    /// - Throws: `CallFrameError` if there are not so many left.
    mutating func spend(_ count: Int) throws(CallFrameError) {
        guard count <= budget else { throw CallFrameError() }
        budget -= count
    }

    /// The common part at an offset.
    ///
    /// - Throws: `CallFrameError` if there is none that can be used.
    mutating func common(at offset: Int) throws(CallFrameError) -> Common {
        if let last, last.offset == offset { return last.common }
        let common: Common
        if let result = known[offset] {
            common = try result.get()
        } else {
            let result = decoded(at: offset)
            known[offset] = result
            common = try result.get()
        }
        last = (offset, common)
        return common
    }

    private mutating func decoded(at offset: Int) -> Result<Common, CallFrameError> {
        Result { () throws(CallFrameError) in
            let information = try CommonFrameInformation(of: section, at: offset)
            try spend(information.instructions.count)
            var machine = CallFrameMachine(
                bytes: section.contents, bases: section.bases, common: information,
                initial: CallFrameState(), start: 0)
            try machine.run(information.instructions) { _, _ in }
            return Common(information: information, state: machine.state)
        }
    }
}
