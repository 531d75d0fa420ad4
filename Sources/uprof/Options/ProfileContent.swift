internal import Report

/// As what a profile is written.
enum ProfileContent {
    /// To look at.
    case picture(PictureFormat)
    /// For other programs.
    case format(ProfileFormat)

    /// All ends of names that say what to write.
    static var extensions: [String] {
        PictureFormat.allCases.map { ".\($0.rawValue)" }
            + ProfileFormat.writable.compactMap(\.fileExtensions.first)
    }

    /// What the end of a path stands for; nil if it stands for nothing.
    init?(path: String) {
        if let picture = PictureFormat(path: path) {
            self = .picture(picture)
        } else if let format = ProfileFormat(path: path) {
            self = .format(format)
        } else {
            return nil
        }
    }

    /// Writes a profile.
    ///
    /// - Parameters:
    ///   - profile: The stacks.
    ///   - kind: Which of their values, where a format has one only.
    ///   - path: Where it goes: `.pb` is not compressed.
    ///   - title: The heading of pictures.
    /// - Returns: The bytes of the file.
    func bytes(
        _ profile: StackProfile, _ kind: StackProfile.ValueKind, for path: String,
        title: String? = nil
    ) -> [UInt8] {
        var options = FlameGraphOptions()
        options.title = title
        options.valueKind = kind
        switch self {
        case .picture(.svg): return Array(FlameGraphSVG(options: options).render(profile).utf8)
        case .picture(.html): return Array(FlameGraphHTML(options: options).render(profile).utf8)
        case .format(let format):
            let isCompressed = !path.hasSuffix(".pb")
            return format.bytes(profile, kind: kind, isCompressed: isCompressed) ?? []
        }
    }
}
