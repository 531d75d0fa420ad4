internal import ArgumentParser
internal import Report
internal import SystemPackage

/// Where a picture of stacks goes, and in which format.
struct PictureOutput {
    private let path: String?
    /// What is written.
    let format: PictureFormat

    /// Decides on a format.
    ///
    /// - Throws: `ValidationError` if neither the name nor an option tells one.
    init(path: String?, format: PictureFormat?) throws {
        self.path = path
        guard let path, path != "-" else {
            self.format = format ?? .svg
            return
        }
        guard let format = format ?? PictureFormat(path: path) else {
            throw ValidationError(
                "cannot tell a format from \(path); end it in .svg or .html, or use --format")
        }
        self.format = format
    }

    /// Draws and writes a picture, and the colors if they are to be kept.
    func write(_ tree: FlameTree, _ options: FlameGraphOptions, paletteMap: String?) throws {
        var options = options
        if let paletteMap { options.paletteMap = try Self.read(paletteMap) }
        switch format {
        case .svg:
            let drawing = FlameGraphSVG(options: options).draw(tree)
            try write(drawing.svg)
            if let paletteMap, let colors = drawing.paletteMap, colors != options.paletteMap {
                try OutputFile(paletteMap).write(colors.text)
            }
        case .html:
            try write(FlameGraphHTML(options: options).draw(tree))
        }
    }

    private func write(_ bytes: [UInt8]) throws {
        if let path, path != "-" {
            try OutputFile(path).write(bytes)
        } else {
            try StandardOutput.write(bytes)
        }
    }

    /// The colors in a file, or none where there is no file yet.
    private static func read(_ path: String) throws -> PaletteMap {
        do {
            return PaletteMap(try InputText.read(path))
        } catch  where error.errno == .noSuchFileOrDirectory {
            return PaletteMap()
        }
    }
}
