import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import BTFHub

/// Making types from debugging information, by pahole.
@Suite struct GeneratorTests {
    @Test(
        .enabled(if: Capability.tool("pahole").isAvailable, "\(Capability.tool("pahole").reason)"))
    func `makes types of a program with debugging information`() async throws {
        let scratch = try ScratchDirectory()
        let source = """
            struct inner { char letter; long number : 40; };
            struct outer { int first; struct inner second[3]; float third; } variable;
            int main(void) { return variable.first; }
            """
        try scratch.write(source, to: "program.c")
        try await run(
            Tool.path("gcc") ?? "", ["-g", "program.c", "-o", "vmlinux"], directory: scratch.path
        ).check()
        let output = FilePath(scratch.file("out.btf"))
        let types = try TypesGenerator.generate(
            from: FilePath(scratch.file("vmlinux")), to: output)
        #expect(try types.byteOffset(of: "third", in: "outer") == 4 + 4 + 3 * 8)
        #expect(try BTF(path: output).contents == types.contents)
        #expect(try scratch.names() == ["out.btf", "program.c", "vmlinux"])
    }

    @Test(
        .enabled(if: Capability.tool("pahole").isAvailable, "\(Capability.tool("pahole").reason)"))
    func `an image without debugging information is an error`() async throws {
        let scratch = try ScratchDirectory()
        try scratch.write("int main(void) { return 0; }", to: "program.c")
        try await run(
            Tool.path("gcc") ?? "", ["-s", "program.c", "-o", "vmlinux"], directory: scratch.path
        ).check()
        #expect(throws: HubError.self) {
            try TypesGenerator.generate(
                from: FilePath(scratch.file("vmlinux")), to: FilePath(scratch.file("out.btf")))
        }
        #expect(try scratch.names() == ["program.c", "vmlinux"])
    }

    @Test func `what is missing is said with the command that installs it`() {
        let error = HubError("vmlinux", .missingProgram("pahole", package: "dwarves"))
        #expect(
            error.description == "pahole is not installed; on Debian: apt-get install dwarves")
    }
}
