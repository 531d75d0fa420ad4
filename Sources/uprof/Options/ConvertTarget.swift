internal import Report

/// A file that `convert` writes, and as what.
struct ConvertTarget {
    /// Its path.
    let path: String
    private let content: ProfileContent

    /// A file of a format that is given, or that its name tells; nil if nothing does.
    init?(path: String, format: ProfileFormat?) {
        guard let content = format.map(ProfileContent.format) ?? ProfileContent(path: path) else {
            return nil
        }
        self.path = path
        self.content = content
    }

    /// What is to be written.
    func bytes(_ profile: StackProfile, _ kind: StackProfile.ValueKind) -> [UInt8] {
        content.bytes(profile, kind, for: path)
    }
}
