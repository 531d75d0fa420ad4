internal import Bytes

extension StackCounter {
    /// The stacks as a profile of samples, and whether counts had fractions: those add up
    /// to whole numbers, so that the sum is right within one.
    var profile: (profile: StackProfile, isRounded: Bool) {
        let bytes = names.bytes
        let frames = (0..<names.count).map { number in
            var frame = Frame(bytes.span.extracting(names.range(of: number)).bytes.text)
            frame.kind = FrameKind.of(frame)
            return frame
        }
        var profile = StackProfile(valueKinds: [.samples], frames: frames)
        profile.reserveCapacity(samples: count)
        var rest = StackCount(0)
        var isRounded = false
        for number in 0..<count {
            let stack = self[number]
            if stack.count.billionths != 0 { isRounded = true }
            rest.add(stack.count)
            let value = rest.takeWhole()
            profile.add(stack: stack.frames.map { Int($0) }, values: [value])
        }
        return (profile, isRounded)
    }

    /// The stacks of a profile with one of its values, named as folded lines have them.
    init(_ profile: StackProfile, valueIndex: Int) {
        self.init()
        let numbers = profile.frames.map { name(Array(FoldedStacks.name(of: $0).utf8).span.bytes) }
        var empty: UInt32?
        for sample in profile.samples where sample.values[valueIndex] != 0 {
            var stack = sample.stack.map { numbers[$0] }
            if stack.isEmpty {
                let number = empty ?? name(Array("[no stack]".utf8).span.bytes)
                empty = number
                stack = [number]
            }
            add(stack, StackCount(sample.values[valueIndex]))
        }
    }
}
