internal import SystemPackage

/// Finds the split units of skeletons.
final class SplitUnits: Sendable {
    private let locator: SplitFileLocator
    private let package = Lazy<SplitPackage?>()

    init(_ locator: SplitFileLocator) {
        self.locator = locator
    }

    /// The split unit of a skeleton; nil for another unit, or where the file is not found or was
    /// made by another compilation.
    func unit(of skeleton: Unit) -> Unit? {
        guard let id = skeleton.root.splitID,
            let name = skeleton.text(skeleton.root.splitFileName)
        else { return nil }
        let package = package.value { locator.package().flatMap { SplitPackage($0) } }
        if let package, let header = package.header(ofUnit: id) {
            return Unit(header, in: package.file, code: skeleton.code, skeleton: skeleton)
        }
        let directory = skeleton.text(skeleton.root.compilationDirectory)
        for path in locator.paths(ofFile: name, in: directory) {
            guard let image = try? ELFImage(path: path) else { continue }
            let file = DebugFile(image, suffix: ".dwo")
            if let unit = Self.unit(id, in: file, of: skeleton) { return unit }
        }
        return nil
    }

    private static func unit(_ id: UInt64, in file: DebugFile, of skeleton: Unit) -> Unit? {
        for header in file.headers where header.kind == .compile || header.kind == .splitCompile {
            let unit = Unit(header, in: file, code: skeleton.code, skeleton: skeleton)
            if let unit, unit.root.splitID == id { return unit }
        }
        return nil
    }
}
