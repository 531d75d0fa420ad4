internal import LibBPF

/// A program of an object, and the places where it is tried, one after the other.
package struct ObjectProgram {
    /// Its name.
    package let name: String
    /// The first of these that the kernel takes.
    package let places: [ProgramPlace]
    /// Whether nothing runs if there is none.
    package let isRequired: Bool
    /// The program that this one takes the place of, if that could not be attached.
    package let alternativeTo: String?

    /// Describes one.
    package init(
        name: String, places: [ProgramPlace], isRequired: Bool, alternativeTo: String?
    ) {
        self.name = name
        self.places = places
        self.isRequired = isRequired
        self.alternativeTo = alternativeTo
    }
}

/// Where a program can run.
package enum ProgramPlace: Sendable, CustomStringConvertible {
    case tracepoint(category: String, name: String)
    case rawTracepoint(String)
    /// A function of the kernel.
    case kernelFunction(String, atReturn: Bool)
    /// Functions of a file, by a name or a pattern.
    case function(file: String, name: String, atReturn: Bool)
    /// Each processor, so often a second.
    case sample(UInt64)

    package var description: String {
        switch self {
        case .tracepoint(let category, let name): "tracepoint:\(category)/\(name)"
        case .rawTracepoint(let name): "raw_tracepoint:\(name)"
        case .kernelFunction(let name, let atReturn): "\(atReturn ? "kretprobe" : "kprobe"):\(name)"
        case .function(let file, let name, let atReturn):
            "\(atReturn ? "uretprobe" : "uprobe"):\(file):\(name)"
        case .sample(let frequency): "sample:\(frequency)"
        }
    }

    /// What a program has to be to run there.
    var kind: BPFObject.Program.Kind {
        switch self {
        case .tracepoint: .tracepoint
        case .rawTracepoint: .rawTracepoint
        case .kernelFunction, .function: .probe
        case .sample: .perfEvent
        }
    }
}
