import BTFHub
import Bytes
import Foundation
import Symbolizer
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

    /// Debian's kernels, those that are here.
    static let fetched = wanted.filter { FileManager.default.isReadableFile(atPath: $0.path) }

    /// The names of Debian's kernels that are not here.
    static let missing = wanted.map(\.name).filter { name in
        !fetched.contains { $0.name == name }
    }

    private static let wanted = ["5.10", "6.1", "6.12", "sid"]
        .map { KernelTypes(name: $0, path: "\(cache)/\($0).btf") }

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
        "unloaded",
    ]

    /// The path of one.
    static func path(_ name: String) -> String {
        "\(TestTarget.buildDirectory)/btf/\(name).bpf.o"
    }

    /// One for a big-endian machine.
    static let bigEndianPath = "\(TestTarget.buildDirectory)/btf/fields.be.bpf.o"

    /// The types and the notes on instructions of one.
    static func sections(_ name: String) throws -> (types: BTF, notes: SectionBytes) {
        let file = try MappedFile(path: FilePath(path(name)))
        let elf = try ELFSectionFile(file: file, name: name)
        let types = try BTF(path: FilePath(path(name)))
        guard let notes = elf.sectionBytes(named: BTFExtension.sectionName) else {
            throw TestSupportError.missingTarget(name)
        }
        return (types, notes)
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
