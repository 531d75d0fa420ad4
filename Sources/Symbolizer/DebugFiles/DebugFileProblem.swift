/// Why a debug file was not found, or one that was is not used.
package enum DebugFileProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// No directory has the debug file of the image; what identifies it, as far as it is known.
    case notFound(link: String?, BuildID?)
    /// The image neither has a build ID nor names its debug file.
    case notNamed
    /// The checksum of the file is not the one `.gnu_debuglink` states.
    case wrongChecksum(path: String)
    /// The build ID of the file is another one.
    case wrongBuildID(path: String)
    /// `.gnu_debuglink` names the image itself.
    case isTheImage(path: String)
    /// The file has neither DWARF nor symbols.
    case empty(path: String)
    /// The file is no ELF file that can be read, in the error's words.
    case unreadable(String)
    /// The file that dwz moved common parts to is not there, or is another one.
    case noSupplement(path: String, BuildID)
    /// debuginfod did not deliver, in its words.
    case debuginfod(String)

    package var description: String {
        switch self {
        case .notFound(let link, let buildID):
            "debug file not found"
                + (link.map { " (\($0)" } ?? " (")
                + (link != nil && buildID != nil ? ", " : "")
                + (buildID.map { "build ID \($0))" } ?? ")")
        case .notNamed: "no debug information, no build ID and no name of a debug file"
        case .wrongChecksum(let path):
            "\(path): not the debug file of the image, its checksum is another one"
        case .wrongBuildID(let path):
            "\(path): not the debug file of the image, its build ID is another one"
        case .isTheImage(let path): "\(path): the image itself, named as its debug file"
        case .empty(let path): "\(path): no debug information in the debug file"
        case .unreadable(let message): message
        case .noSupplement(let path, let buildID):
            "\(path): file of common debug information not found (build ID \(buildID))"
        case .debuginfod(let message): "debuginfod: \(message)"
        }
    }
}
