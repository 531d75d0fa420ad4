internal import Report

/// A file that `convert` writes, and as what.
struct ConvertTarget {
    /// Its path.
    let path: String
    private let format: ProfileFormat?  // nil: a picture

    /// All ends of names that say what to write.
    static var extensions: [String] {
        ProfileFormat.writable.compactMap(\.fileExtensions.first) + [".svg"]
    }

    /// A file of a format that is given, or that its name tells; nil if nothing does.
    init?(path: String, format: ProfileFormat?) {
        self.path = path
        self.format = format ?? ProfileFormat(path: path)
        if self.format == nil, !path.hasSuffix(".svg") { return nil }
    }

    /// What is to be written.
    func bytes(_ profile: StackProfile, _ kind: StackProfile.ValueKind) -> [UInt8] {
        if let format {
            let isCompressed = !path.hasSuffix(".pb")
            return format.bytes(profile, kind: kind, isCompressed: isCompressed) ?? []
        }
        let options = FlameGraphOptions(valueKind: kind)
        return Array(FlameGraphSVG(options: options).render(profile).utf8)
    }
}
