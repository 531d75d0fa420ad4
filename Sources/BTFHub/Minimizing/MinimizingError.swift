/// A relocation of a program that cannot be decided with a kernel's types; libbpf would refuse to
/// load the program too.
package struct MinimizingError: Error, CustomStringConvertible {
    /// The object file.
    package let object: String
    /// The relocation.
    package let relocation: Relocation
    /// The type it starts from, as the program calls it.
    package let root: String
    /// The type information of the kernel.
    package let types: String
    private let fault: RelocationFault

    init(
        object: String, relocation: Relocation, root: String, types: String, fault: RelocationFault
    ) {
        self.object = object
        self.relocation = relocation
        self.root = root
        self.types = types
        self.fault = fault
    }

    package var description: String {
        let place = "\(relocation.section)+0x\(String(relocation.instruction, radix: 16))"
        return "\(object): \(place) asks for the \(relocation.kind.name) of \(root)"
            + " (\(relocation.access)) in \(types): \(fault.words)"
    }
}
