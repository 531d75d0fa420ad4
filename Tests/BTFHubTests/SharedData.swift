import Foundation
import SystemPackage
import TestSupport

/// Files that lie beside the package.
enum SharedData {
    /// Minimized type information of 79 CentOS kernels, in the layout of BTFHub's archive.
    static let centos = "\(TestTarget.packageDirectory)/../shared/data/btf/centos"

    /// Copies the CentOS files into a hub.
    static func copyCentOS(to hub: String) throws {
        try FileManager.default.createDirectory(
            atPath: hub, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: centos, toPath: "\(hub)/centos")
    }
}

extension ScratchDirectory {
    /// Makes a directory within this one.
    func makeDirectory(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: file(name), withIntermediateDirectories: true)
    }
}
