internal import Foundation

/// Minimized type information of 79 CentOS kernels, in the layout of BTFHub's archive; it lies beside
/// the package, where it is there.
package enum CentOSTypes {
    /// The directory of the distribution: `<version>/<architecture>/<release>.btf` in it.
    package static let directory = "\(TestTarget.packageDirectory)/../shared/data/btf/centos"

    /// Copies the files into a hub.
    ///
    /// - Throws: what the file system says.
    package static func copy(to hub: String) throws {
        try FileManager.default.createDirectory(
            atPath: hub, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: directory, toPath: "\(hub)/centos")
    }
}
