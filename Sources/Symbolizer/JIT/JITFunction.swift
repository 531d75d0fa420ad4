/// A function of generated code, and what its generator told of it besides the name.
package struct JITFunction: Hashable, Sendable {
    /// A place in the code and the line of the source it is from.
    package struct Line: Hashable, Sendable {
        /// From which address on, up to the next one.
        package let address: Address
        /// The file, as the generator calls it.
        package let file: String
        /// The line, counted from 1; 0 if unknown.
        package let line: UInt32
    }

    /// How the frames of the function are left.
    package struct Unwinding: Hashable, Sendable {
        /// An `.eh_frame`, and behind it its `.eh_frame_hdr`, as in an image that begins with the
        /// code of the function, rounded up to 8 bytes.
        package let bytes: [UInt8]
        /// How many of the bytes are the `.eh_frame_hdr`.
        package let indexSize: UInt64
    }

    /// Its name.
    package let name: String
    /// Where it is in memory.
    package let address: Address
    /// How many bytes it has.
    package let size: UInt64
    /// Its lines, by address.
    package let lines: [Line]
    /// Its unwinding information, if there is any.
    package let unwinding: Unwinding?

    /// The line of the source an address is from.
    package func line(at address: Address) -> Line? {
        lines.last { $0.address <= address }
    }

    /// The same as other functions are.
    var function: Function {
        Function(
            name: name, aliases: [], address: address, size: size, fileOffset: nil,
            binding: .local, source: .jitDump, probeability: .notProbeable(.notInFile))
    }
}
