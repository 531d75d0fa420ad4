/// An address and what was found out about it.
package struct NamedAddress: Hashable, Sendable {
    /// A function the address belongs to.
    package struct Function: Hashable, Sendable {
        /// The name; nil if it is unknown.
        package var name: String?
        /// The path of the source file; nil if it is unknown.
        package var file: String?
        /// The line, 0 if it is unknown: of the code in the innermost function, of the call in
        /// those around it.
        package var line: Int
        /// The column, 0 if it is unknown.
        package var column: Int
        /// Whether it was inlined into the next function.
        package var isInlined: Bool
        /// How far the address is from its start, if that is known.
        package var offset: UInt64?

        /// Makes a function of what is known about it.
        package init(
            name: String?, file: String? = nil, line: Int = 0, column: Int = 0,
            isInlined: Bool = false, offset: UInt64? = nil
        ) {
            self.name = name
            self.file = file
            self.line = line
            self.column = column
            self.isInlined = isInlined
            self.offset = offset
        }
    }

    /// What was asked for: a number, or a text that is none.
    package enum Question: Hashable, Sendable {
        /// An address.
        case number(UInt64)
        /// A text that is no address.
        case invalid(String)
    }

    /// What was asked for.
    package var question: Question
    /// The path of the image, or the name of what else is there.
    package var module: String?
    /// Where it is in the file of the image.
    package var fileOffset: UInt64?
    /// The functions, the innermost first.
    package var functions: [Function]
    /// Why there is no name.
    package var reason: String?
    /// Why there is no line.
    package var lineReason: String?

    /// Makes an answer of its parts.
    package init(
        _ question: Question, module: String? = nil, fileOffset: UInt64? = nil,
        functions: [Function] = [], reason: String? = nil, lineReason: String? = nil
    ) {
        self.question = question
        self.module = module
        self.fileOffset = fileOffset
        self.functions = functions
        self.reason = reason
        self.lineReason = lineReason
    }
}
