import Foundation
import TestSupport
import Testing

extension KernelMatrixTests {
    /// The examples in bundles, on other kernels whose own types are hidden.
    @Suite(.serialized) struct KernelObjectTests {
        private static let names = ["execsnoop", "opensnoop", "funclatency"]

        /// Builds the bundles for a kernel, and takes them out of packages again.
        private func bundles(
            for kernel: OtherKernel, in directory: ScratchDirectory
        ) async throws -> [String] {
            let types = directory.file("\(try await kernel.release()).btf")
            try await KernelBundles.writeTypes(of: kernel, to: types)
            var bundles: [String] = []
            for name in Self.names {
                let bundle = try await ObjectBundle(name, in: directory, ["--btf", types])
                let archive = directory.file("\(name).tar")
                try await PackagedUprof.package([
                    "export", bundle.path, "--format", "tar", "-o", archive,
                ]).check()
                try await run("/bin/tar", ["-C", directory.path, "-xf", archive]).check()
                bundles.append(directory.file("usr/bin/\(name)"))
            }
            return bundles
        }

        /// Starts each bundle in the background, and waits until its programs run.
        private static let script = """
            start() {
                bundle=$1; shift
                $bundle -o /tmp/$bundle.json "$@" 2>/tmp/$bundle.errors &
                eval "$bundle=$!"
                tries=0
                until busybox grep -q 'Ctrl-C ends' /tmp/$bundle.errors; do
                    sleep 1
                    tries=$((tries + 1))
                    if [ $tries -gt 60 ]; then break; fi
                done
            }
            finish() {
                eval "kill -TERM \\$$1; wait \\$$1"
                echo "status $?"
                cat /tmp/$1.errors
                echo
                echo "=== $1"
                cat /tmp/$1.json
                echo "=== end"
            }
            start execsnoop
            start opensnoop --failed
            start funclatency --binary counter --function counted_call
            echo one 'two three' >/dev/null
            /bin/busybox echo one 'two three' '' four
            (exec /bin/counter --calls 20000 --threads 4)
            cat /no/such/file
            finish funclatency
            finish opensnoop
            finish execsnoop
            """

        @Test(arguments: KernelMatrixTests.kernels)
        func `the examples see what happens`(series: String) async throws {
            let directory = try ScratchDirectory()
            let bundles = try await bundles(for: OtherKernel(series), in: directory)
            let output = try await KernelMatrixTests.boot(
                series, Self.script, with: bundles + [try TestTarget("counter").path])

            let executions = try part("execsnoop", of: output)
            let echoed = executions.events.filter {
                $0["arguments"] == .words(["/bin/busybox", "echo", "one", "two three", "", "four"])
            }
            #expect(echoed.count == 1, "\(output)")
            #expect(echoed.first?["comm"] == .text("busybox"))
            let counters = executions.events.filter {
                $0["arguments"] == .words(["/bin/counter", "--calls", "20000", "--threads", "4"])
            }
            #expect(counters.count == 1, "\(output)")
            let shells = Set((echoed + counters).map { $0["parent"]?.number })
            #expect(shells.count == 1, "both are of the script's shell")

            let files = try part("opensnoop", of: output)
            let missing = files.events.filter { $0["path"] == .text("/no/such/file") }
            #expect(missing.map { $0["result"] } == [.number(-2)], "\(output)")
            #expect(missing.map { $0["comm"] } == [.text("cat")])

            let calls = try part("funclatency", of: output)
            let processes = (calls.maps["processes"] ?? []).compactMap(\.fields)
            #expect(processes.map { $0["calls"] } == [.number(20_000)], "\(output)")
            #expect(processes.map { $0["key"] } == counters.map { $0["pid"] })
            for part in [executions, files, calls] { #expect(part.losses.isEmpty, "\(output)") }
            #expect(output.contains("from the bundle"))
        }

        /// The JSON between the lines of a bundle.
        private func part(_ name: String, of output: String) throws -> ObjectOutput {
            try ObjectOutput(
                json: KernelMatrixTests.part(name, of: output), messages: output)
        }
    }
}

extension ObjectOutput.Value {
    /// The number, if it is one.
    var number: Int64? { if case .number(let number) = self { number } else { nil } }
}
