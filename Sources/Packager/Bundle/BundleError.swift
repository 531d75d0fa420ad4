/// Why a bundle is refused. Nothing of a refused bundle is used.
package enum BundleError: Error, Hashable, CustomStringConvertible {
    /// The file carries no payload: it is a plain `uprof`, or something else.
    case noPayload(file: String)
    /// It is not what was built: which part, and how that shows.
    case damaged(file: String, String)
    /// A newer uprof made it.
    case version(file: String, UInt32)
    /// What it is built from cannot be used.
    case unusable(String)

    package var description: String {
        switch self {
        case .noPayload(let file):
            "\(file) is not a bundle; `uprof package build` makes one"
        case .damaged(let file, let problem):
            "\(file) is not the bundle that was built: \(problem); copy it again"
        case .version(let file, let version):
            "\(file) has bundle format \(version), which needs a newer uprof"
        case .unusable(let problem): problem
        }
    }
}
