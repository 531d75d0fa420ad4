package import Symbolizer

/// A function to be probed: where, and how its calls' ends are seen.
package struct FunctionProbe: Sendable {
    /// Index of its statistics; the attach cookie of its probes.
    package let id: Int
    /// The name shown, demangled.
    package let name: String
    /// The base name of the module it is in.
    package let module: String
    /// The file it is in.
    package let image: FileIdentity
    /// Where its first instruction is in that file.
    package let entry: FileOffset
    /// How the end of a call is seen.
    package let returns: ReturnSites

    /// How the end of a call is seen.
    package enum ReturnSites: Sendable, Equatable {
        /// The kernel replaces the return address (a uretprobe).
        case trampoline
        /// The instructions that leave the function have probes of their own.
        case exits([ExitProbe])
    }

    /// A probe at an instruction that leaves the function.
    package struct ExitProbe: Sendable, Equatable {
        /// Where the instruction is in the file.
        package let offset: FileOffset
        /// How the instruction leaves the function.
        package let kind: ExitSite.Kind
    }
}
