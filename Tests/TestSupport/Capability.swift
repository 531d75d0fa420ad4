internal import Foundation
internal import Glibc

/// Something a test needs from the machine or the user that runs it.
///
///     @Suite(.enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
package struct Capability: Sendable {
    package var isAvailable: Bool
    /// What is missing, or what it is that is there.
    package var reason: String

    /// Says whether it is there.
    package init(isAvailable: Bool, reason: String) {
        self.isAvailable = isAvailable
        self.reason = reason
    }

    /// The superuser.
    package static let root = Capability(
        isAvailable: geteuid() == 0,
        reason: geteuid() == 0 ? "running as root" : "needs root; run make test as root")

    /// Everything a probe on a function needs: root, the bpf system call and the uprobe PMU.
    package static let bpf: Capability = {
        guard root.isAvailable else { return root }
        let code = BPFSystemCall.errorOfCreatingMap()
        guard code == 0 else {
            return Capability(
                isAvailable: false,
                reason: "bpf system call refused: \(String(cString: strerror(code)))")
        }
        return file("/sys/bus/event_source/devices/uprobe/type")
    }()

    /// Type information of the running kernel.
    package static let kernelTypes = file("/sys/kernel/btf/vmlinux")

    /// Type information of old kernels, beside the package.
    package static let centOSTypes = file("../shared/data/btf/centos", at: CentOSTypes.directory)

    /// A program to compare with.
    package static func tool(_ name: String) -> Capability {
        let path = Tool.path(name)
        return Capability(isAvailable: path != nil, reason: path ?? "\(name) is not installed")
    }

    /// A program of `TestTargets/`, some of which need compilers that not every machine has.
    package static func target(_ name: String) -> Capability {
        Capability(
            isAvailable: TestTarget.exists(name),
            reason: "\(name) of TestTargets, where its compiler is installed")
    }

    /// Two capabilities at once; the reason is that of the first missing.
    package func and(_ other: Capability) -> Capability {
        isAvailable ? other : self
    }

    private static func file(_ name: String, at path: String? = nil) -> Capability {
        let exists = FileManager.default.isReadableFile(atPath: path ?? name)
        return Capability(isAvailable: exists, reason: exists ? name : "\(name) is missing")
    }
}
