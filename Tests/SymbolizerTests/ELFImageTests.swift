import SystemPackage
import Testing

@testable import Symbolizer

@Suite struct ELFImageTests {
    struct Form: CustomTestStringConvertible {
        var name: String
        var kind: ELFKind = .dynamic
        var isProgram = true
        var isPIE = true
        var isStatic = false
        var testDescription: String { name }
    }

    @Test(arguments: [
        Form(name: "pie"), Form(name: "dynsym-only"), Form(name: "stripped"),
        Form(name: "no-sections"), Form(name: "lld"), Form(name: "minidebug"),
        Form(name: "no-pie", kind: .executable, isPIE: false),
        Form(name: "static", kind: .executable, isPIE: false, isStatic: true),
        Form(name: "static-pie", isStatic: true),
        Form(name: "liblibrary.so", isProgram: false, isPIE: false),
        Form(name: "no-sections.so", isProgram: false, isPIE: false),
        Form(name: "object.o", kind: .relocatable, isProgram: false, isPIE: false),
    ])
    func `tells what an image is`(form: Form) throws {
        let image = try Fixture.image(form.name)
        #expect(image.kind == form.kind)
        #expect(image.isProgram == form.isProgram)
        #expect(image.isPIE == form.isPIE)
        #expect(image.isStatic == form.isStatic)
        #expect(!image.isGo)
    }

    // It has an interpreter because it can be run to print its version.
    @Test func `the C library is no program`() throws {
        let image = try ELFImage(path: "/lib/x86_64-linux-gnu/libc.so.6")
        #expect(image.interpreter != nil)
        #expect(!image.isProgram)
        #expect(image.libraryName == "libc.so.6")
    }

    @Test(arguments: ["pie", "no-sections", "liblibrary.so", "static", "lld", "stripped"])
    func `reads the build ID as readelf does`(name: String) throws {
        // readelf finds notes by section alone, if it is not told otherwise.
        let source = name == "no-sections" ? "pie" : name
        let line = try Fixture.lines("readelf -nW", source).first { $0.contains("Build ID") }
        let expected = line?.split(separator: " ").last.map(String.init)
        #expect(try Fixture.image(name).buildID?.description == expected)
    }

    @Test(arguments: ["pie", "no-pie", "static-pie", "lld", "no-sections", "liblibrary.so"])
    func `reads the segments as readelf does`(name: String) throws {
        let expected = try Fixture.lines("readelf -lW", name)
            .map { $0.split(separator: " ") }
            .filter { $0.first == "LOAD" }
            .map { fields in fields[1...5].compactMap { UInt64($0.dropFirst(2), radix: 16) } }
        let loaded = try Fixture.image(name).segments.filter { $0.kind == .load }
        #expect(
            loaded.map { [$0.offset, $0.address, $0.fileSize, $0.memorySize] }
                == expected.map { [$0[0], $0[1], $0[3], $0[4]] })
        #expect(!loaded.isEmpty)
    }

    @Test(arguments: ["pie", "no-pie", "static", "liblibrary.so", "object.o"])
    func `reads the sections as readelf does`(name: String) throws {
        let names = try Fixture.lines("readelf -SW", name).compactMap { line -> String? in
            guard let bracket = line.firstIndex(of: "]"), line.contains("[") else { return nil }
            let fields = line[bracket...].dropFirst().split(separator: " ")
            return fields.first.map(String.init)
        }
        let sections = try Fixture.image(name).sections
        // The legend and the header are lines with brackets too, the unused first one has no name.
        #expect(sections.dropFirst().allSatisfy { names.contains($0.name) })
        #expect(sections.count > 5)
    }

    @Test func `reads what the dynamic linker is told, without sections too`() throws {
        for name in ["pie", "no-sections"] {
            let image = try Fixture.image(name)
            #expect(image.neededLibraries == ["libc.so.6"])
            #expect(image.interpreter?.hasPrefix("/lib64/ld-linux") == true)
        }
        for name in ["liblibrary.so", "no-sections.so", "no-sections-sysv.so"] {
            #expect(try Fixture.image(name).libraryName == "liblibrary.so.1")
        }
    }

    @Test(arguments: [
        ("empty", "is empty; name a program or a shared library"),
        ("text", "is not an ELF file; name a program or a shared library"),
        ("script.sh", "is a script, not an ELF file; name its interpreter, /bin/sh"),
        ("32-bit.elf", "is a 32-bit ELF file; uprof supports 64-bit programs only"),
        ("foreign.elf", "is for machine 8; uprof supports x86_64 and arm64"),
        // Read with the other byte order, the number of x86_64 is another one.
        ("big-endian.elf", "is for machine 15872; uprof supports x86_64 and arm64"),
    ])
    func `tells why a file is no image`(name: String, message: String) throws {
        let path = try Fixture.path(name)
        let error = #expect(throws: ELFError.self) { try ELFImage(path: path) }
        #expect(error?.description == "\(path) \(message)")
    }

    @Test func `tells why a file cannot be opened`() {
        let missing = #expect(throws: ELFError.self) { try ELFImage(path: "/nonexistent") }
        #expect(missing?.description == "/nonexistent: no such file")
        let directory = #expect(throws: ELFError.self) { try ELFImage(path: "/tmp") }
        #expect(
            directory?.description
                == "/tmp is a directory; name a program or a shared library")
        let device = #expect(throws: ELFError.self) { try ELFImage(path: "/dev/null") }
        #expect(
            device?.description
                == "/dev/null is not a regular file; name a program or a shared library")
    }

    @Test(arguments: ["pie", "no-pie", "static-pie", "lld", "no-sections", "liblibrary.so"])
    func `addresses and file offsets lead to each other`(name: String) throws {
        let catalog = try Fixture.catalog(name)
        #expect(!catalog.isEmpty)
        for function in catalog {
            let offset = try #require(function.fileOffset)
            #expect(catalog.image.address(of: offset) == function.address)
        }
        #expect(catalog.image.fileOffset(of: Address(.max)) == nil)
        #expect(catalog.image.address(of: FileOffset(.max)) == nil)
    }

    @Test func `file offsets are not addresses where the linker is lld`() throws {
        let catalog = try Fixture.catalog("lld")
        let main = try #require(catalog.functions(named: "main").first)
        #expect(main.fileOffset?.rawValue != main.address.rawValue)
    }

    // The zeroed data after `p_filesz` has no bytes in the file.
    @Test func `memory beyond the file has no offset`() throws {
        let image = try Fixture.image("pie")
        let segment = try #require(
            image.segments.first { $0.kind == .load && $0.memorySize > $0.fileSize })
        #expect(image.fileOffset(of: Address(segment.address + segment.fileSize)) == nil)
        #expect(image.fileOffset(of: Address(segment.address + segment.fileSize - 1)) != nil)
    }
}
