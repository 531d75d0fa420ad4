import TestSupport
import Testing

@testable import Symbolizer

@Suite struct GoFunctionTableTests {
    static let isBuilt = Fixture.exists("names-go")

    /// The functions of the program with symbols, by name: `go tool nm -size` knows no others.
    private func symbols() throws -> [String: (address: UInt64, size: UInt64)] {
        var symbols: [String: (address: UInt64, size: UInt64)] = [:]
        for function in try Fixture.catalog("names-go") {
            symbols[function.name] = (function.address.rawValue, function.size)
        }
        return symbols
    }

    @Test(
        .enabled(if: isBuilt, "needs Go"),
        arguments: [
            "names-go", "names-go-stripped", "names-go-pie", "names-go-external",
            "names-go-no-sections", "names-go-external-no-sections",
        ])
    func `knows the functions of a stripped program`(name: String) throws {
        guard Fixture.exists(name) else { return }
        let table = try #require(GoFunctionTable(of: try Fixture.image(name)))
        let names = Set((0..<table.count).compactMap { table.function(at: $0)?.name })
        #expect(
            names.isSuperset(of: [
                "main.main", "main.(*server).handle", "main.server.name",
                "runtime.mallocgc", "fmt.Fprintln", "strings.Repeat",
            ]))
        let main = try #require(
            (0..<table.count).lazy.compactMap { table.function(at: $0) }.first {
                $0.name == "main.main"
            })
        let inside = Address(main.address.rawValue + main.size - 1)
        #expect(table.lookup(main.address)?.name == "main.main")
        #expect(table.lookup(inside)?.name == "main.main")
        let line = try #require(table.line(at: main.address))
        #expect(line.file.hasSuffix("names.go"))
        #expect(line.line == 28)
        #expect(main.probeability == .entryOnly(.goStack))
        let loaded = LoadedImage(image: table.image)
        guard case .function(let found, 0) = loaded.lookup(main.address) else {
            Issue.record("the image does not know main.main")
            return
        }
        #expect(found.name == "main.main")
    }

    @Test(.enabled(if: isBuilt, "needs Go"), arguments: ["names-go", "names-go-no-sections"])
    func `agrees with the symbol table`(name: String) throws {
        guard Fixture.exists(name) else { return }
        let table = try #require(GoFunctionTable(of: try Fixture.image(name)))
        var (compared, wrong) = (0, [String]())
        for (name, symbol) in try symbols() where symbol.size > 0 {
            guard let function = table.lookup(Address(symbol.address)) else { continue }
            compared += 1
            // Type arguments are left out, as in Go's tracebacks.
            let plain = function.name.split(separator: "[").first ?? ""
            if !name.hasPrefix(plain) || function.address.rawValue != symbol.address {
                wrong.append("\(function.name), not \(name)")
            }
        }
        #expect(wrong.isEmpty)
        #expect(compared > 1000)
    }

    /// The tool of the Go distribution that answers the same question.
    @Test(.enabled(if: isBuilt, "needs Go"))
    func `agrees with addr2line of Go`() throws {
        let table = try #require(GoFunctionTable(of: try Fixture.image("names-go")))
        var random = SeededGenerator(seed: 3)
        let addresses = (0..<3000).compactMap { _ -> UInt64? in
            let index = Int.random(in: 0..<table.count, using: &random)
            guard let function = table.function(at: index) else { return nil }
            let distance = UInt64.random(in: 0..<function.size, using: &random)
            return function.address.rawValue + distance
        }
        let input = addresses.map { "0x" + String($0, radix: 16) + "\n" }.joined()
        let answer = try Fixture.output(
            "go tool addr2line '\(Fixture.path("names-go"))' 2>/dev/null", input: input
        )
        .split(separator: "\n", omittingEmptySubsequences: false)
        try #require(answer.count >= addresses.count * 2)
        var wrong: [String] = []
        for (index, address) in addresses.enumerated() {
            let name = table.lookup(Address(address))?.name ?? "?"
            let line = table.line(at: Address(address)).map { "\($0.file):\($0.line)" } ?? "?:0"
            // Between functions there is padding, which has no line.
            let place = answer[index * 2 + 1] == ":-1" ? "?:0" : String(answer[index * 2 + 1])
            let expected = (String(answer[index * 2]), place)
            let plain = expected.0.split(separator: "[").first.map(String.init) ?? ""
            if name.split(separator: "[").first.map(String.init) != plain || line != expected.1 {
                wrong.append("0x\(String(address, radix: 16)): \(name) \(line), not \(expected)")
            }
        }
        #expect(wrong.isEmpty)
    }

    /// The functions of a program and its lines, type arguments left aside.
    private func frames(of location: CodeLocation) -> [String] {
        location.frames.map { frame in
            let name = frame.name?.split(separator: "[").first ?? "?"
            return "\(name):\(frame.position?.line ?? 0)"
        }
    }

    /// What is left in a stripped program is what its debugging information says.
    @Test(
        .enabled(if: isBuilt, "needs Go"), arguments: ["names-go-stripped", "names-go-no-sections"])
    func `knows what was inlined`(name: String) throws {
        guard Fixture.exists(name) else { return }
        let whole = LoadedImage(image: try Fixture.image("names-go"))
        let stripped = LoadedImage(image: try Fixture.image(name))
        var random = SeededGenerator(seed: 23)
        let functions = Array(whole.functions)
        var (deep, wrong) = (0, [String]())
        for _ in 0..<4000 {
            guard let function = functions.randomElement(using: &random), function.size > 0 else {
                continue
            }
            let distance = UInt64.random(in: 0..<function.size, using: &random)
            let address = Address(function.address.rawValue + distance)
            let expected = frames(of: whole.location(of: address))
            // Go's linker tells no inlined calls of code that it made itself.
            guard expected.count > 1 else { continue }
            deep += 1
            let found = frames(of: stripped.location(of: address))
            if found != expected { wrong.append("\(address): \(found), not \(expected)") }
        }
        #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(5))")
        #expect(deep > 200)
    }

    @Test(
        .enabled(if: isBuilt, "needs Go"),
        arguments: [
            "names-go-stripped", "names-go-pie", "names-go-external", "names-go-no-sections",
            "names-go-external-no-sections",
        ])
    func `finds an inlined call wherever the program is loaded`(name: String) throws {
        guard Fixture.exists(name) else { return }
        let image = LoadedImage(image: try Fixture.image(name))
        let table = try #require(image.goFunctions)
        let handle = try #require(
            (0..<table.count).lazy.compactMap { table.function(at: $0) }.first {
                $0.name == "main.(*server).handle"
            })
        let chains = (0..<handle.size).map { distance in
            frames(of: image.location(of: Address(handle.address.rawValue + distance)))
        }
        #expect(chains.contains(["main.inlined:23", "main.(*server).handle:17"]))
        #expect(chains.contains(["main.(*server).handle:16"]))
        let alone = image.location(
            of: Address(handle.address.rawValue + handle.size / 2), inlines: false)
        #expect(alone.frames.count == 1)
    }

    @Test func `other programs have none`() throws {
        for name in ["pie", "static", "no-sections", "stripped"] {
            #expect(GoFunctionTable(of: try Fixture.image(name)) == nil)
        }
    }

    @Test(arguments: GoTableBuilder.cases)
    func `reads every layout`(builder: GoTableBuilder) throws {
        let image = try ELFImage(bytes: builder.image(), name: "synthetic")
        let table = try #require(GoFunctionTable(of: image))
        #expect(table.count == 3)
        #expect(
            (0..<3).map { table.function(at: $0)?.name } == ["main.a", "main.b", "main.c"])
        let base = GoTableBuilder.text
        for (distance, name, line) in [
            (0, "main.a", "one.go:10"), (7, "main.a", "one.go:10"), (8, "main.a", "two.go:12"),
            (16, "main.b", "two.go:30"), (31, "main.b", "two.go:30"), (32, "main.c", "one.go:5"),
        ] as [(UInt64, String, String)] {
            let address = Address(base + distance)
            #expect(table.lookup(address)?.name == name)
            #expect(table.line(at: address).map { "\($0.file):\($0.line)" } == line)
            #expect(table.frames(at: address).map(\.name) == [name])
        }
        let frames = table.frames(at: Address(base + 20))
        #expect(frames.map(\.name) == (builder.hasInlined ? ["main.tiny", "main.b"] : ["main.b"]))
        #expect(frames.allSatisfy { $0.line?.line == 30 })
        #expect(table.lookup(Address(base - 1)) == nil)
        #expect(table.lookup(Address(base + 48)) == nil)
    }

    @Test(arguments: GoTableBuilder.cases)
    func `survives damage`(builder: GoTableBuilder) {
        let original = builder.image()
        var random = SeededGenerator(seed: 77)
        for round in 0..<1500 {
            var bytes = original
            if round % 5 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
            for _ in 0..<3 where bytes.count > 0xb0 {
                bytes[Int.random(in: 0xb0..<bytes.count, using: &random)] = .random(
                    in: 0...255, using: &random)
            }
            guard let image = try? ELFImage(bytes: bytes, name: "damaged"),
                let table = GoFunctionTable(of: image)
            else { continue }
            for distance in [0, 8, 20, 47, 48] as [UInt64] {
                _ = table.lookup(Address(GoTableBuilder.text + distance))
                _ = table.line(at: Address(GoTableBuilder.text + distance))
                _ = table.frames(at: Address(GoTableBuilder.text + distance))
            }
        }
    }
}
