package import Report
package import Symbolizer
package import SystemPackage

/// What `uprof record` is to sample.
package struct RecordConfiguration {
    /// The processes that are meant.
    package enum Target {
        /// Running processes, and the children they start.
        case processes([ProcessID])
        /// Everything on this machine.
        case all
        /// A command that uprof starts, and its children.
        case command([String])
    }

    /// What time is counted.
    package enum Mode: Sendable {
        /// On the processors.
        case onCPU
        /// Blocked: waiting for something else than a processor.
        case offCPU
        /// All of it.
        case wall
    }

    /// What takes the samples.
    package enum Backend: String, Sendable, CaseIterable {
        /// BPF programs that unwind in the kernel.
        case bpf
        /// Perf events and copies of the stacks.
        case perf
        /// BPF where it is permitted, else perf events.
        case auto
    }

    /// The processes.
    package var target: Target
    /// What time is counted.
    package var mode = Mode.onCPU
    /// Samples a second on each CPU.
    package var frequency: UInt64 = 99
    /// Times off the processor shorter than this are not counted, in nanoseconds.
    package var minimumBlockNanoseconds: UInt64 = 0
    /// Whether stacks go on into the kernel.
    package var withKernel = true
    /// Whether functions that were inlined are frames of their own.
    package var withInlines = true
    /// What takes the samples.
    package var backend = Backend.auto
    /// Which BPF objects are loaded; the best that the kernel takes where nil.
    package var objectFamily: ObjectFamily?
    /// A file with the kernel's type information, for BPF; what the kernel or the hub has where nil.
    package var types: FilePath?
    /// How long to record; until the target ends or a signal comes where nil.
    package var durationNanoseconds: UInt64?
    /// Whether somebody looks at how many samples there are while it goes on.
    package var showsProgress = false
    /// How many rows of unwind tables are kept in the kernel at most, 4 bytes each.
    package var rowLimit = 8 << 20

    /// Records a target.
    package init(target: Target) {
        self.target = target
    }
}
