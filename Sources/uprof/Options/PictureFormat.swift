internal import ArgumentParser

/// The formats of pictures of stacks.
enum PictureFormat: String, ExpressibleByArgument, CaseIterable {
    case svg
    case html

    /// The format a path's extension stands for.
    init?(path: String) {
        guard let format = Self.allCases.first(where: { path.hasSuffix(".\($0.rawValue)") }) else {
            return nil
        }
        self = format
    }
}
