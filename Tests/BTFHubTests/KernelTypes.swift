import BTFHub
import Foundation
import SystemPackage
import TestSupport
import Testing

/// Type information of real kernels: the running one, and those `scripts/kernel-btf` has fetched.
struct KernelTypes: Sendable, CustomTestStringConvertible {
    let name: String
    let path: String

    var testDescription: String { name }

    /// Opens the type information.
    func open() throws -> BTF { try BTF(path: FilePath(path)) }

    /// Every kernel there is on this machine.
    static let all: [KernelTypes] = fetched + running

    /// That of this machine, if it has any.
    static let running = [KernelTypes(name: "running", path: "/sys/kernel/btf/vmlinux")]
        .filter { FileManager.default.isReadableFile(atPath: $0.path) }

    /// Debian's kernels.
    static let fetched = ["5.10", "6.1", "6.12", "sid"]
        .map { KernelTypes(name: $0, path: "\(cache)/\($0).btf") }
        .filter { FileManager.default.isReadableFile(atPath: $0.path) }

    private static let cache: String = {
        let environment = ProcessInfo.processInfo.environment
        let parent = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "/root")/.cache"
        return "\(parent)/uprof-tests/btf"
    }()
}

/// The compiled CO-RE programs of `TestTargets/btf`.
enum CoreObjects {
    /// Every object, but for those that no kernel's types can satisfy.
    static let names = [
        "anonymous", "arrays", "bitfields", "declared", "doubles", "enum64", "enums", "fields",
        "flavors", "ids", "matches", "missing", "moved", "narrowed", "nothing", "sizes", "types",
    ]

    /// The path of one.
    static func path(_ name: String) -> String {
        "\(TestTarget.buildDirectory)/btf/\(name).bpf.o"
    }

    /// One, opened.
    static func open(_ name: String) throws -> ProgramObject {
        try ProgramObject(path: FilePath(path(name)))
    }

    /// Loads one with the types of a kernel, by libbpf, and returns the tag of each program.
    static func tags(_ name: String, types: String) async throws -> [String: String] {
        try await tags(object: path(name), types: types)
    }

    static func tags(object: String, types: String) async throws -> [String: String] {
        let program = "\(TestTarget.buildDirectory)/btf/tags"
        let result = try await run(program, [types, object]).check()
        let lines = result.standardOutput.split(separator: "\n").map { $0.split(separator: " ") }
        return Dictionary(uniqueKeysWithValues: lines.map { (String($0[0]), String($0[1])) })
    }
}
