package import Report
package import SystemPackage

/// What `uprof attach` is to measure.
package struct AttachConfiguration {
    /// The processes.
    package var target: AttachTarget
    /// The functions.
    package var patterns: [FunctionPattern]
    /// More functions than this are an error, not a surprise.
    package var maxFunctions = 1000
    /// How the ends of calls are seen.
    package var returns = ReturnProbePolicy.automatic
    /// How probes are attached; the best way the kernel has where nil.
    package var probeKind: ProbeKind?
    /// Which BPF objects are loaded; the best that the kernel takes where nil.
    package var objectFamily: ObjectFamily?
    /// Whether calls are counted by stack too.
    package var collectsStacks = false
    /// How many different stacks are kept.
    package var stackCapacity = 16384
    /// Calls that take at least this long are reported one by one.
    package var slowerThanNanoseconds: UInt64?
    /// A file with the kernel's type information; what the kernel or the hub has where nil.
    package var types: FilePath?
    /// How long to measure; until the target ends or a signal comes where nil.
    package var durationNanoseconds: UInt64?
    /// How often to report; once at the end where nil.
    package var intervalNanoseconds: UInt64?

    /// Measures functions of a target.
    package init(target: AttachTarget, patterns: [FunctionPattern]) {
        self.target = target
        self.patterns = patterns
    }
}
