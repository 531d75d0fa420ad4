import Foundation
import TestSupport

extension ScratchDirectory {
    /// Makes a directory within this one.
    func makeDirectory(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: file(name), withIntermediateDirectories: true)
    }
}
