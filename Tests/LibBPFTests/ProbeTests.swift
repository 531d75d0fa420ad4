import LibBPF
import SystemPackage
import TestSupport
import Testing

/// Probes on a running program, and what they leave in memory that both sides have mapped.
@Suite(
    .serialized,
    .enabled(
        if: Capability.bpf.and(.tool("readelf")).isAvailable,
        "\(Capability.bpf.and(.tool("readelf")).reason)"))
struct ProbeTests {
    private static let program = "counter"

    /// Where `counted_call` is in the file: its program is linked so that addresses are offsets.
    private static func offset() async throws -> UInt64 {
        let table = try await run(
            try #require(Tool.path("readelf")), ["-Ws", TestTarget(program).path]
        ).check().standardOutput
        let row = try #require(
            table.split(separator: "\n").first { $0.hasSuffix(" counted_call") })
        return try #require(UInt64(row.split(separator: " ")[1], radix: 16))
    }

    /// Measures `counted_call` of a process as function 3.
    private static func attach(
        to process: RunningProcess, object: borrowing BPFObject
    ) async throws -> BPFLinks {
        var links = BPFLinks()
        var site = UprobeSite(
            path: FilePath(try TestTarget(program).path), offset: try await offset(),
            process: process.processID, atReturn: false, cookie: 3)
        try links.attach("function_entry", of: object, to: site)
        site.atReturn = true
        try links.attach("function_return", of: object, to: site)
        try object.mapView("live_functions").set(UInt32(1), for: UInt32(3))
        try object.setGlobal("uprof_phase", in: .zeroed, to: UInt32(1))
        return links
    }

    @Test func takesEachWordOnce() async throws {
        let object = try AttachObject.load()
        let values = try MappedArray(try object.mapView("functions"))
        let process = try await TestTarget(Self.program).startWaiting(["--calls", "1000"])
        let links = try await Self.attach(to: process, object: object)
        process.sendLine()
        #expect(try await process.waitForExit().status == 10)
        let taken = values.takeWords(at: 3)
        let again = values.takeWords(at: 3)
        let other = values.takeWords(at: 2)
        let (count, probes) = (values.count, links.count)
        #expect(count == 4)
        #expect(probes == 2)
        // struct uprof_function_stats: total, maximum, inverse of the minimum, reserved, buckets.
        #expect(taken.dropFirst(4).reduce(0, +) == 1_000)
        #expect(taken[0] > 0 && taken[1] > 0 && taken[1] <= taken[0])
        #expect(~taken[2] <= taken[1])
        #expect(again.allSatisfy { $0 == 0 })
        #expect(other.allSatisfy { $0 == 0 })
    }

    /// Links that go take their probes with them.
    @Test func stopsWithItsLinks() async throws {
        let object = try AttachObject.load()
        let values = try MappedArray(try object.mapView("functions"))
        let process = try await TestTarget(Self.program).startWaiting(["--calls", "1000"])
        do {
            let links = try await Self.attach(to: process, object: object)
            _ = consume links
        }
        process.sendLine()
        #expect(try await process.waitForExit().status == 10)
        let taken = values.takeWords(at: 3)
        #expect(taken.allSatisfy { $0 == 0 })
    }

    @Test func saysWhereAProbeCannotBe() throws {
        let object = try AttachObject.load()
        var links = BPFLinks()
        let site = UprobeSite(
            path: "/no/such/file", offset: 0x40, process: nil, atReturn: false, cookie: 0)
        var text = ""
        do {
            try links.attach("function_entry", of: object, to: site)
        } catch {
            text = "\(error)"
        }
        #expect(text.contains("cannot probe /no/such/file at file offset 0x40"))
        #expect(text.contains("No such file or directory"))
    }

    /// The kernel tells of what processes map, exec and end.
    @Test func hearsOfOtherProcesses() async throws {
        var events: [TaskEvent] = []
        let reader = try TaskEventReader { events.append($0) }
        let process = try RunningProcess("/bin/true")
        _ = try await process.waitForExit()
        reader.consume()
        let id = process.processID
        #expect(events.contains(.executed(process: id)))
        #expect(events.contains(.exited(process: id, thread: id)))
        let mapped = events.compactMap { event in
            if case .mapped(let mapping) = event, mapping.process == id { mapping } else { nil }
        }
        #expect(mapped.contains { $0.path.hasSuffix("/true") && $0.inode != 0 && $0.length > 0 })
    }
}
