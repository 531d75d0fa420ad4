/// A range of the memory of a process and what is behind it: a line of `/proc/PID/maps`.
package struct ProcessMapping: Hashable, Sendable {
    /// What the process may do with the memory.
    package struct Permissions: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Read it.
        package static let read = Permissions(rawValue: 1)
        /// Write it.
        package static let write = Permissions(rawValue: 2)
        /// Execute it.
        package static let execute = Permissions(rawValue: 4)
        /// See what other processes write to it.
        package static let shared = Permissions(rawValue: 8)
    }

    /// What is behind the memory.
    package enum Kind: Hashable, Sendable {
        /// A file.
        case file
        /// Nothing: memory of the process, possibly with a name it gave.
        case anonymous
        /// The heap of `brk`.
        case heap
        /// The stack of the first thread.
        case stack
        /// Code of the kernel that programs call instead of the kernel.
        case vdso
        /// The same at a fixed address, for old programs; outside what user space can read.
        case vsyscall
        /// The copies of instructions under a probe, and the return trampoline.
        case uprobes
        /// Something else the kernel named.
        case other
    }

    /// Where it starts.
    package let start: Address
    /// Where it ends, the first address that is not in it.
    package let end: Address
    /// What the process may do with it.
    package let permissions: Permissions
    /// Where it starts in the file.
    package let offset: FileOffset
    /// The file, if there is one.
    package let file: FileIdentity
    /// The path of the file as the process sees it, or the name the kernel gave.
    package let path: String
    /// Whether the file has no name any more: it was deleted or replaced.
    package let isDeleted: Bool
    /// What is behind it.
    package let kind: Kind

    /// Whether an address is in it.
    package func contains(_ address: Address) -> Bool {
        start <= address && address < end
    }

    /// Where the byte at an address is in the file, if there is a file and the address is mapped.
    package func fileOffset(of address: Address) -> FileOffset? {
        guard kind == .file, contains(address) else { return nil }
        return FileOffset(offset.rawValue &+ (address.rawValue - start.rawValue))
    }
}
