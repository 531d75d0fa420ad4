import Foundation
import TestSupport
import Testing

/// Bundles on other kernels, whose own types are hidden: what is measured is right, and so is what is
/// written. Run by `make test-kernels`.
@Suite(.serialized) struct KernelMatrixTests {
    static let kernels = ["5.10", "6.1", "6.12", "sid", "5.10-without-btf"]

    /// What a console prints between two lines of our own.
    static func part(_ name: String, of output: String) -> String {
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        let after = lines.drop { !$0.hasSuffix("=== \(name)") }.dropFirst()
        return after.prefix { !$0.hasPrefix("=== ") }.joined(separator: "\n")
    }

    /// Boots a kernel, hides its types and runs a script there.
    static func boot(
        _ series: String, _ script: String, with programs: [String]
    ) async throws -> String {
        let start = """
            [ -d /sys/kernel/btf ] && mount -t tmpfs none /sys/kernel/btf
            mount -t tracefs tracefs /sys/kernel/tracing
            ls /sys/kernel/btf
            """
        return try await OtherKernel(series).run(start + "\n" + script, with: programs)
    }

    /// The report between the lines of the program and the console.
    private static func report(_ name: String, of output: String) throws -> AttachReport {
        let lines = part(name, of: output).split(separator: "\n")
        let line = lines.first { $0.contains(#"{"schema": "uprof.attach/"#) }
        let start = line?.range(of: #"{"schema""#)?.lowerBound
        let json = try #require(start.flatMap { line?[$0...] }, "\(output)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(AttachReport.self, from: Data(json.utf8))
    }

    @Test(arguments: kernels)
    func `a bundle counts exactly and samples true stacks`(series: String) async throws {
        let bundles = try await KernelBundles(for: OtherKernel(series))
        #expect(bundles.typesSize < 64 << 10)
        let output = try await Self.boot(
            series,
            """
            echo === count
            count -- /bin/counter --calls 20000 --threads 4
            echo === sample
            sample -o /tmp/out.svg -o /tmp/out.folded -- /bin/chain-pie --depth 10 --milliseconds 700
            echo === folded
            cat /tmp/out.folded
            echo === svg
            cat /tmp/out.svg
            echo === end
            """,
            with: [
                bundles.counting, bundles.sampling, try TestTarget("counter").path,
                try TestTarget("unwinding/chain-pie").path,
            ])
        let report = try Self.report("count", of: output)
        #expect(report.calls == ["counted_call": 20_000], "\(output)")
        #expect(report.losses == [:])
        #expect(Self.part("count", of: output).contains("from the bundle"), "\(output)")

        try Self.checkChain(in: Self.part("folded", of: output))
        try await Self.check(picture: Self.part("svg", of: output))
    }

    /// Whether the stacks of `chain-pie` are those that it says it has.
    private static func checkChain(in folded: String) throws {
        let atLeaf = try Recording.stacks(of: folded).filter { $0.frames.last == "burn" }
        #expect(atLeaf.reduce(0) { $0 + $1.value } > 10, "\(folded)")
        for stack in atLeaf {
            #expect(stack.frames(from: "main").count == 15, "\(stack)")
            #expect(stack.frames.dropFirst().first == "_start", "\(stack)")
        }
    }

    /// Whether a picture is XML and has the function that takes the time.
    private static func check(picture: String) async throws {
        #expect(picture.contains("<title>burn ("))
        let directory = try ScratchDirectory()
        let path = try directory.write(picture, to: "out.svg")
        if let xmllint = Tool.path("xmllint") { try await run(xmllint, ["--noout", path]).check() }
    }

    /// What kernels before 5.15 get, on all of them, so that it is tried every time.
    @Test(arguments: kernels)
    func `the legacy objects count exactly`(series: String) async throws {
        let bundles = try await KernelBundles(for: OtherKernel(series))
        let output = try await Self.boot(
            series,
            """
            echo === pmu
            count --object-family legacy -- /bin/counter --calls 20000 --threads 4
            echo === tracefs
            count --object-family legacy --probes tracefs -- /bin/counter --calls 20000 --threads 4
            echo === exits
            count --object-family legacy --returns exits -- /bin/counter --calls 20000 --threads 4
            echo === stacks
            count --object-family legacy --func stack_leaf -o /tmp/out.folded -- /bin/stacks
            echo === folded
            cat /tmp/out.folded
            echo === sample
            sample --object-family legacy -o /tmp/sampled.folded -- /bin/chain-pie --depth 10 --milliseconds 700
            echo === sampled
            cat /tmp/sampled.folded
            echo === left
            cat /sys/kernel/tracing/uprobe_events
            echo === end
            """,
            with: [
                bundles.counting, bundles.sampling, try TestTarget("counter").path,
                try TestTarget("stacks").path, try TestTarget("unwinding/chain-pie").path,
            ])
        for name in ["pmu", "tracefs", "exits"] {
            let report = try Self.report(name, of: output)
            #expect(report.calls == ["counted_call": 20_000], "\(name)\n\(output)")
            #expect(report.losses == [:], "\(name)")
            #expect(report.functions.map(\.probe) == [name == "tracefs" ? "tracefs" : "pmu"])
            #expect(report.objectFamily == "legacy")
            #expect(report.objectLimits?.contains("93 frames") == true)
        }
        let stacks = try Recording.stacks(of: Self.part("folded", of: output))
        let callers = Dictionary(
            stacks.map { ($0.frames(from: "main"), $0.value) }, uniquingKeysWith: +)
        #expect(
            callers == [
                ["main", "stack_a", "stack_b", "stack_leaf"]: 300,
                ["main", "stack_a", "stack_c", "stack_leaf"]: 100,
            ], "\(output)")
        try Self.checkChain(in: Self.part("sampled", of: output))
        #expect(!Self.part("left", of: output).contains("uprof"), "\(output)")
    }
}
