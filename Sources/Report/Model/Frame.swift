/// One frame of a stack: a function, or the mark of a missing rest.
package struct Frame: Sendable, Hashable {
    /// What kind of code a frame is in.
    package enum Kind: String, Sendable, CaseIterable {
        /// Machine code of a program or library.
        case user
        /// The kernel.
        case kernel
        /// A function the compiler inlined into its caller.
        case inlined
        /// Code generated at run time.
        case jit
        /// Not a function: says why the stack has no further callers.
        case truncated
    }

    /// The function's name, as shown.
    package var name: String
    /// The program or library that holds it; empty if unknown.
    package var module: String
    /// What kind of code it is.
    package var kind: Kind

    /// A frame of a function.
    package init(_ name: String, module: String = "", kind: Kind = .user) {
        self.name = name
        self.module = module
        self.kind = kind
    }

    /// The frame that stands for the missing callers of a stack: `[truncated: REASON]`.
    package static func truncated(_ reason: String) -> Frame {
        Frame("[truncated: \(reason)]", kind: .truncated)
    }
}
