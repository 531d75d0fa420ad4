/// A part of a module in the memory of a process.
package struct ModuleMapping: Sendable, Hashable {
    /// The addresses in the process.
    package let addresses: Range<UInt64>
    /// Where the first address is in the module's file.
    package let fileOffset: UInt64
    /// The module's path.
    package let module: String
    /// The build ID of the module in hexadecimal digits; empty if unknown.
    package let buildID: String

    /// A mapping of a module.
    package init(
        addresses: Range<UInt64>, fileOffset: UInt64, module: String, buildID: String = ""
    ) {
        self.addresses = addresses
        self.fileOffset = fileOffset
        self.module = module
        self.buildID = buildID
    }
}
