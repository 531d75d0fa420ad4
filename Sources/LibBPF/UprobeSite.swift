package import SystemPackage

/// Where a uprobe goes.
package struct UprobeSite: Sendable {
    /// The file as this process can open it.
    package var path: FilePath
    /// Offset of the instruction in the file, in bytes.
    package var offset: UInt64
    /// The only process to be probed; every process that maps the file where nil.
    package var process: Int32?
    /// Whether the program runs when the function returns instead (a uretprobe).
    package var atReturn: Bool
    /// What `bpf_get_attach_cookie` gives the program.
    package var cookie: UInt64

    /// Describes a site.
    package init(path: FilePath, offset: UInt64, process: Int32?, atReturn: Bool, cookie: UInt64) {
        self.path = path
        self.offset = offset
        self.process = process
        self.atReturn = atReturn
        self.cookie = cookie
    }
}
