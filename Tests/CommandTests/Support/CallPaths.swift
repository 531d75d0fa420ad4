/// The ways from the root of the stack to each function that was met, and in how many samples.
struct CallPaths {
    /// A function that was reached by its ancestors.
    private final class Node {
        var count: UInt64 = 0
        var children: [String: Node] = [:]
    }

    private let root = Node()
    private let stacks: [NamedStack]

    /// The ways that stacks are.
    init(_ stacks: [NamedStack]) {
        self.stacks = stacks
        for stack in stacks {
            var node = root
            for frame in stack.frames {
                let next = node.children[frame] ?? Node()
                node.children[frame] = next
                next.count += stack.count
                node = next
            }
        }
    }

    /// What of one recording's stacks another one has as well.
    struct Comparison: CustomStringConvertible {
        /// Samples whose way down, as far as it was seen often, is in the other recording.
        var agreeing: UInt64 = 0
        /// Samples that were compared.
        var samples: UInt64 = 0
        /// Frames of these samples, and those of them that were seen often.
        var frames: UInt64 = 0
        var comparedFrames: UInt64 = 0
        /// Ways that the other one has not, as far as both go together and one function more.
        var differences: [String: UInt64] = [:]

        var description: String {
            "\(agreeing) of \(samples), by \(comparedFrames) of \(frames) frames\n"
                + differences.sorted { $0.value > $1.value }.prefix(12)
                .map { "\($0.value) x \($0.key)" }.joined(separator: "\n")
        }
    }

    /// Looks for each stack in another recording, from the root down as far as it was seen often:
    /// in so many samples that the other one, if it is right, misses it with a probability of less
    /// than exp(-12).
    func compared(with other: CallPaths) -> Comparison {
        var comparison = Comparison()
        for stack in stacks {
            let often = oftenSeen(stack.frames)
            guard !often.isEmpty else { continue }
            comparison.samples += stack.count
            comparison.frames += stack.count * UInt64(stack.frames.count)
            comparison.comparedFrames += stack.count * UInt64(often.count)
            let common = other.common(with: often)
            if common == often.count {
                comparison.agreeing += stack.count
            } else {
                let shown = often[max(common - 3, 0)...common].joined(separator: " -> ")
                comparison.differences[shown, default: 0] += stack.count
            }
        }
        return comparison
    }

    private func oftenSeen(_ frames: [String]) -> ArraySlice<String> {
        var node = root
        var depth = 0
        for frame in frames {
            guard let next = node.children[frame], next.count >= 12 else { break }
            node = next
            depth += 1
        }
        return frames.prefix(depth)
    }

    /// How many frames from the root on there are here too; one without a name is like any other.
    private func common(with frames: ArraySlice<String>) -> Int {
        var nodes = [root]
        for (depth, frame) in frames.enumerated() {
            nodes = nodes.flatMap { node in
                node.children.filter { $0.key == frame || $0.key == "?" || frame == "?" }.map(
                    \.value)
            }
            if nodes.isEmpty { return depth }
        }
        return frames.count
    }
}
