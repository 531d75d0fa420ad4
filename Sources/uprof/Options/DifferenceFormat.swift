internal import ArgumentParser

/// The formats of a difference.
enum DifferenceFormat: ExpressibleByArgument, Equatable {
    case folded
    case picture(PictureFormat)

    init?(argument: String) {
        self.init(path: ".\(argument)")
    }

    /// The format a path's extension stands for.
    init?(path: String) {
        if path.hasSuffix(".folded") {
            self = .folded
        } else if let format = PictureFormat(path: path) {
            self = .picture(format)
        } else {
            return nil
        }
    }
}
