/// Whether a function can be probed, and what stands in the way.
package enum Probeability: Hashable, Sendable {
    /// At its entry and at its return.
    case probeable
    /// At its entry only: replacing its return address would break the program.
    case entryOnly(ReturnHazard)
    /// Not at all.
    case notProbeable(Obstacle)

    /// Why a probe of a return would break the program.
    package enum ReturnHazard: Hashable, Sendable, CustomStringConvertible {
        /// Not called, so that the top of the stack is no return address: the entry of a program,
        /// the cold part of a function, a trampoline.
        case notCalled
        /// Saves its return address, to return to it again later: `setjmp`, `getcontext`.
        case returnsTwice
        /// Go moves stacks and walks them by their return addresses.
        case goStack

        package var description: String {
            switch self {
            case .notCalled: "it is jumped to, not called, and has no return address"
            case .returnsTwice: "it saves its return address and returns to it again later"
            case .goStack: "the Go runtime moves stacks and crashes on changed return addresses"
            }
        }
    }

    /// Why there is nothing to place a probe on.
    package enum Obstacle: Hashable, Sendable, CustomStringConvertible {
        /// The symbol is the resolver, which runs once and returns the function to use.
        case indirectFunction
        /// Its address is in no segment that is executed and has its bytes in the file.
        case outsideExecutableSegment
        /// It only jumps to the function of that name in another image.
        case linkageStub
        /// It is not in a file, but in memory of a process or of the kernel.
        case notInFile

        package var description: String {
            switch self {
            case .indirectFunction:
                "it is an indirect function: the symbol is the resolver, which picks an "
                    + "implementation when the program starts; probe the implementation"
            case .outsideExecutableSegment:
                "its address is in no executable part of the file"
            case .linkageStub:
                "it is a stub that jumps to the function in another library; probe that one"
            case .notInFile:
                "it is not in a file"
            }
        }
    }
}
