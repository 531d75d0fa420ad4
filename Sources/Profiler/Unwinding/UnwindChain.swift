internal import LibBPF

/// Programs of the legacy family that unwind a stack one after the other: each a few frames, and the
/// last one what is done with the stack. See bpf/unwind_chain.bpf.h.
struct UnwindChain {
    /// The map through which they find each other.
    let map: String
    /// The program that unwinds a few frames, and then calls itself.
    let frames: String
    /// The last one.
    let finish: String

    /// The most frames a stack of theirs has: 31 times 3.
    static let mostFrames = 93

    /// Lets the programs find each other, once they are loaded.
    ///
    /// - Throws: `BPFError` if the kernel refuses.
    func connect(_ object: borrowing BPFObject) throws(BPFError) {
        // enum unwind_program
        try object.setTailCall(at: 0, of: map, to: frames)
        try object.setTailCall(at: 1, of: map, to: finish)
    }
}
