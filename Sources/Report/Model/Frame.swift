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
    /// The name the linker knows the function by; empty if unknown or the same.
    package var linkageName = ""
    /// The build ID of the module in hexadecimal digits; empty if unknown.
    package var buildID = ""
    /// The address of the instruction: in the process if its mapping is among the profile's
    /// ``StackProfile/mappings``, else in the module's own terms.
    package var address: UInt64?
    /// Where the instruction is in the module's file.
    package var fileOffset: UInt64?
    /// The source file; empty if unknown.
    package var file = ""
    /// The line in the source file, from 1; 0 if unknown.
    package var line: UInt64 = 0

    /// A frame of a function.
    package init(_ name: String, module: String = "", kind: Kind = .user) {
        self.name = name
        self.module = module
        self.kind = kind
    }

    /// Whether the compiler inlined the function into its caller, the frame before.
    package var isInlined: Bool { kind == .inlined }

    /// A hash for tables of frames: that of the standard library takes several times as long for so many
    /// strings. Kinds alone make no difference.
    var quickHash: UInt64 {
        var hash = ByteHash.seed
        for number in [address ?? 0, fileOffset ?? 0, line] { hash = ByteHash.mix(hash, number) }
        for var text in [name, linkageName, module, buildID, file] {
            hash = text.withUTF8 { ByteHash.hash($0.span.bytes, after: hash) }
        }
        return hash
    }

    /// The frame that stands for the missing callers of a stack: `[truncated: REASON]`.
    package static func truncated(_ reason: String) -> Frame {
        Frame("[truncated: \(reason)]", kind: .truncated)
    }
}
