/// Why a package is not made.
package enum ExportError: Error, Hashable, CustomStringConvertible {
    /// A name or version that packages cannot have, and what they can have.
    case badName(String, String)
    /// A tool that is needed is not there; the package of Debian that has it.
    case missingTool(String, package: String)
    /// A tool has failed, in its own words.
    case toolFailed(String, String)
    /// A file cannot be written or read.
    case file(String, String)

    package var description: String {
        switch self {
        case .badName(let name, let allowed): "\(name) is not one for a package: \(allowed)"
        case .missingTool(let tool, let package):
            "\(tool) is needed; to install it: apt-get install \(package)"
        case .toolFailed(let tool, let message): "\(tool) has failed: \(message)"
        case .file(let path, let reason): "\(path): \(reason)"
        }
    }
}
