import SystemPackage
import TestSupport
import Testing

@testable import Symbolizer

@Suite struct LinkageTablesTests {
    /// The stubs that objdump's disassembly labels: `0000000000001030 <strlen@plt>:`.
    private func labels(of path: FilePath) throws -> [UInt64: String] {
        let sections = ["", ".sec", ".got"].map { "-j .plt\($0)" }.joined(separator: " ")
        var labels: [UInt64: String] = [:]
        for line in try Fixture.output("objdump -d \(sections) '\(path)' 2>/dev/null")
            .split(separator: "\n") where line.hasSuffix("@plt>:")
        {
            let words = line.dropLast(2).split(separator: "<")
            guard words.count == 2, let address = UInt64(words[0].dropLast(), radix: 16) else {
                continue
            }
            // Names with their versions: `strlen@GLIBC_2.2.5@plt` in some releases.
            let name = words[1].split(separator: "@").first.map(String.init) ?? ""
            labels[address] = words[1].hasPrefix("*ABS*") ? String(words[1]) : "\(name)@plt"
        }
        return labels
    }

    private func disagreements(in path: FilePath) throws -> (compared: Int, lines: [String]) {
        let image = try ELFImage(path: path)
        let tables = LinkageTables(of: image)
        let expected = try labels(of: path)
        let lines = expected.compactMap { address, name -> String? in
            let found = tables.lookup(Address(address))
            if found?.name == name, found?.address.rawValue == address { return nil }
            return "\(path) 0x\(String(address, radix: 16)): \(found?.name ?? "none"), not \(name)"
        }
        return (expected.count, lines)
    }

    @Test(arguments: [
        "stubs-lazy", "stubs-now", "stubs-ibt", "stubs-no-pie", "stubs-gold", "stubs-lld",
        "stubs-lld-ibt", "liblibrary.so", "pie", "static-pie",
    ])
    func `names stubs as objdump does`(name: String) throws {
        guard Fixture.exists(name) else { return }
        let result = try disagreements(in: Fixture.path(name))
        #expect(result.lines.isEmpty)
        #expect(result.compared > 0 || name == "static-pie")
    }

    /// Distributions link with other options than we do.
    @Test func `names stubs of the system's programs as objdump does`() throws {
        let paths = try Fixture.output(
            "ls /usr/bin/[a-m]*[aeg] /usr/lib/x86_64-linux-gnu/lib[c-g]*.so.* 2>/dev/null"
        )
        .split(separator: "\n").map(String.init)
        var (compared, lines) = (0, [String]())
        for path in paths.prefix(60) where (try? ELFImage(path: FilePath(path))) != nil {
            let result = try disagreements(in: FilePath(path))
            compared += result.compared
            lines += result.lines
        }
        #expect(lines.isEmpty)
        #expect(compared > 200)
    }

    private func names(_ image: String) throws -> [String] {
        let loaded = LoadedImage(image: try Fixture.image(image))
        var names: Set<String> = []
        for segment in loaded.image.segments where segment.kind == .load && segment.isExecutable {
            for address in segment.address..<segment.address + min(segment.fileSize, 1 << 20) {
                guard case .function(let function, _) = loaded.lookup(Address(address)),
                    function.source == .linkageTable
                else { continue }
                names.insert(function.name)
            }
        }
        return names.sorted()
    }

    static let called = ["atoi@plt", "getenv@plt", "printf@plt", "puts@plt", "qsort@plt"]

    @Test(arguments: ["stubs-lld-retpoline", "stubs-lazy-no-sections", "stubs-ibt-no-sections"])
    func `names stubs that objdump does not`(name: String) throws {
        guard Fixture.exists(name) else { return }
        let found = try names(name)
        let expected = Self.called.map {
            $0 == "atoi@plt" && !found.contains($0) ? "strtol@plt" : $0
        }
        #expect(Set(found).isSuperset(of: expected), "\(found)")
    }

    @Test func `a static program's stubs are named by their resolvers`() throws {
        let image = try Fixture.image("static")
        let section = try #require(image.section(named: ".plt"))
        let tables = LinkageTables(of: image)
        #expect(tables.count == Int(section.size / 8))
        let first = try #require(tables.lookup(Address(section.address)))
        #expect(first.name.hasPrefix("*ABS*+0x4"))
        #expect(first.name.hasSuffix("@plt"))
        #expect(first.size == 8)
        #expect(tables.lookup(Address(section.address + 8))?.name != first.name)
    }

    /// A stub has no line, whatever debugging information there is, and one name from end to end.
    @Test(arguments: ["stubs-lazy", "stubs-ibt", "stubs-lld-retpoline", "static"])
    func `a stub is a place of its own`(name: String) throws {
        guard Fixture.exists(name) else { return }
        let image = LoadedImage(image: try Fixture.image(name))
        #expect(image.linkageTables.count > 4)
        for start in image.linkageTables.addresses {
            let stub = try #require(image.linkageTables.lookup(start))
            for offset in [0, stub.size / 2, stub.size - 1] {
                var extent = Range<UInt64>(uncheckedBounds: (0, .max))
                let address = Address(start.rawValue + offset)
                let location = image.location(of: address, inlines: true, &extent)
                #expect(location.frames.map(\.name) == [stub.name])
                #expect(location.frames.map(\.offset) == [offset])
                #expect(location.unknownName == nil)
                #expect(location.unknownLine == .linkageTable)
                #expect(extent == start.rawValue..<start.rawValue + stub.size)
            }
        }
    }

    /// It calls the dynamic linker, on behalf of every function.
    @Test func `the first stub of a lazy table stands for no function`() throws {
        let image = LoadedImage(image: try Fixture.image("stubs-lazy"))
        let section = try #require(image.image.section(named: ".plt"))
        #expect(image.lookup(Address(section.address)) == .unknown(.linkageTable))
        #expect(image.lookup(Address(section.address + 15)) == .unknown(.linkageTable))
        guard case .function(let stub, let offset) = image.lookup(Address(section.address + 0x1f))
        else {
            Issue.record("the second stub has no name")
            return
        }
        #expect(offset == 15)
        #expect(stub.probeability == .notProbeable(.linkageStub))
    }

    @Test(
        arguments: [
            // push number; jmp: the lazy part of a stub with a landing pad.
            ([0xf3, 0x0f, 0x1e, 0xfa, 0x68, 3, 0, 0, 0, 0xe9, 0, 0, 0, 0], .relocation(3)),
            ([0xf3, 0x0f, 0x1e, 0xfa, 0x68, 3, 0, 0, 0, 0xf2, 0xe9, 0, 0, 0, 0], .relocation(3)),
            ([0xff, 0x25, 0x10, 0, 0, 0], .slot(0x1016)),
            ([0xf3, 0x0f, 0x1e, 0xfa, 0xf2, 0xff, 0x25, 0xf0, 0xff, 0xff, 0xff], .slot(0xffb)),
            ([0x4c, 0x8b, 0x1d, 0, 0, 0, 0], .slot(0x1007)),
            ([0xff, 0x35, 0x10, 0, 0, 0], nil), ([0xff, 0x25, 0x10, 0, 0], nil), ([0xff], nil),
            ([], nil), ([0x68, 0, 0, 0, 0, 0x90], nil), ([0xf3, 0x0f, 0x1e, 0xfa], nil),
            ([0xf2], nil),
        ] as [([UInt8], LinkageStub.Target?)])
    func `decodes stubs`(code: [UInt8], expected: LinkageStub.Target?) {
        #expect(LinkageStub(at: 0, of: code.span.bytes, address: 0x1000)?.target == expected)
    }

    @Test(arguments: ["stubs-lazy", "stubs-lazy-no-sections", "stubs-ibt"])
    func `survives damage`(name: String) throws {
        guard Fixture.exists(name) else { return }
        let original = try Fixture.bytes(name)
        var random = SeededGenerator(seed: 11)
        for round in 0..<200 {
            var bytes = original
            if round % 4 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
            for _ in 0..<8 where bytes.count > 16 {
                let end = round % 2 == 0 ? min(3000, bytes.count) : bytes.count
                bytes[Int.random(in: 5..<end, using: &random)] = .random(
                    in: 0...255, using: &random)
            }
            guard let image = try? ELFImage(bytes: bytes, name: "damaged") else { continue }
            let tables = LinkageTables(of: image)
            for address in [0, 0x1020, 0x1040, UInt64.max] { _ = tables.lookup(Address(address)) }
        }
    }
}
