/// A reader of bytes nobody has checked, to be fed any bytes: it must neither trap, nor run for
/// long, nor take much memory.
package struct FuzzHarness: Sendable {
    /// What `make fuzz` and the directories of seeds and failures call it.
    package let name: String
    /// What bytes to start from, besides `Fuzz/Seeds/NAME`.
    package let seeds: Seeds
    /// Reads an input, in all ways the program does.
    package let run: @Sendable ([UInt8]) -> Void

    /// Inputs that are worth changing.
    package enum Seeds: Sendable {
        /// None but those kept.
        case kept
        /// The small ones of the images the tests build.
        case images
    }

    /// Makes a harness.
    package init(
        _ name: String, seeds: Seeds = .kept, run: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.name = name
        self.seeds = seeds
        self.run = run
    }

    /// All harnesses. One more is a file like those beside this one, and a word here.
    package static let all: [FuzzHarness] = [
        .anyProfile, .bpftrace, .btf, .demangle, .dtrace, .dwarf, .elf, .export, .folded, .goTable,
        .goText, .jitDump, .kernelSymbols, .linkageTables, .macSample, .manifest, .perfMap,
        .perfScript, .pprof, .processMappings, .profileJSON, .programObject, .speedscope, .symbols,
        .unitIndex, .unwindTable, .unwinding, .values,
    ]
}
