extension FlameTree {
    /// The stacks of a profile, merged by functions.
    ///
    /// - Parameters:
    ///   - profile: The stacks.
    ///   - valueIndex: Which of their values is shown.
    ///   - isReversed: Whether the tree begins with the functions that were running.
    package init(_ profile: StackProfile, valueIndex: Int, isReversed: Bool = false) {
        self.init()
        var functions: [FunctionKey: UInt32] = [:]
        let numbers = profile.frames.map { number(of: Self.withoutAnnotation($0), &functions) }
        for sample in profile.samples {
            var node = UInt32(Self.root)
            for frame in isReversed ? sample.stack.reversed() : sample.stack {
                node = callee(numbers[frame], of: node)
            }
            add(FoldedCount(sample.values[valueIndex]), to: node)
        }
    }

    /// What makes two frames one box.
    private struct FunctionKey: Hashable {
        let name: String
        let module: String
        let kind: Frame.Kind
    }

    /// The number of a frame's function; of places in it, what they have in common is kept.
    private mutating func number(
        of frame: Frame, _ functions: inout [FunctionKey: UInt32]
    ) -> UInt32 {
        let key = FunctionKey(name: frame.name, module: frame.module, kind: frame.kind)
        guard let number = functions[key] else {
            let number = UInt32(truncatingIfNeeded: details.count)
            functions[key] = number
            details.append(frame)
            names.append(frame.name)
            return number
        }
        let known = details[Int(number)]
        if known.line != frame.line { details[Int(number)].line = 0 }
        if known.file != frame.file { details[Int(number)].file = "" }
        if known.buildID != frame.buildID { details[Int(number)].buildID = "" }
        return number
    }

    /// A frame whose kind says what an annotation of its name, as in `function_[k]`, did.
    private static func withoutAnnotation(_ frame: Frame) -> Frame {
        let annotated = AnnotatedName(frame.name)
        guard annotated.annotation != nil else { return frame }
        var frame = frame
        frame.name = annotated.label
        if frame.kind == .user { frame.kind = annotated.frame.kind }
        return frame
    }
}
