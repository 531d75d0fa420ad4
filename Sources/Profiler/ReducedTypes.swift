internal import BTFHub
internal import Bytes
internal import CLinux
internal import Cache
internal import Glibc
internal import Symbolizer
internal import SystemPackage

/// The part of the running kernel's types that an embedded object asks for, as a file in memory.
///
/// libbpf copies all of them, five megabytes, and looks through them once for each it is after: half of
/// what a recording takes to begin.
struct ReducedTypes: ~Copyable {
    private let descriptor: Int32

    /// The file.
    var path: FilePath { FilePath("/proc/self/fd/\(descriptor)") }

    /// Reduces the kernel's types; fails where it does not tell them, or there is anything odd about
    /// them, which libbpf is to find out.
    init?(for object: EmbeddedObject) {
        guard let bytes = Self.bytes(for: object) else { return nil }
        let descriptor = uprof_anonymous_file("uprof-types")
        guard descriptor >= 0 else { return nil }
        do {
            try FileDescriptor(rawValue: descriptor).writeAll(bytes)
        } catch {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// The reduced types, which are the same each time that this kernel runs.
    private static func bytes(for object: EmbeddedObject) -> [UInt8]? {
        let key = BuildID.ofKernel.map { CacheKey("types-\(object.rawValue)", of: $0.description) }
        if let key, let known = DiskCache.shared?.bytes(of: key) { return known.bytes.array }
        guard let types = try? BTF(path: "/sys/kernel/btf/vmlinux"),
            let program = try? ProgramObject(file: object.file, name: object.rawValue),
            let reduced = try? Minimizer.minimize(types, for: [program]).bytes
        else { return nil }
        if let key { DiskCache.shared?.keep(reduced.span.bytes, of: key) }
        return reduced
    }
}
