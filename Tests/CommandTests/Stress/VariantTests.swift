import TestSupport
import Testing

extension Counting {
    /// One program in every form a program can have.
    @Suite(.serialized) struct VariantTests {
        private static let kinds = [
            "pie", "no-pie", "static", "static-pie", "dynsym", "no-frame-pointers", "cet",
        ]
        private static let variants = kinds.map { kind in
            StressCase(
                target: "variant-\(kind)", functions: ["variant_outer", "variant_inner"])
        }

        @Test(arguments: variants + variants.suffix(2).map { $0.with("--returns", "exits") })
        func countsCallsInEveryForm(_ variant: StressCase) async throws {
            try await variant.verify()
        }

        @Test(arguments: ["no-pie", "static-pie", "dynsym"])
        func countsCallsOfARunningProcessInEveryForm(kind: String) async throws {
            let measurement = try await Attach.process(
                "variant-\(kind)", functions: ["variant_outer", "variant_inner"])
            #expect(measurement.targets.map(\.status) == [20])
            #expect(
                try measurement.report.calls == ["variant_outer": 1_000, "variant_inner": 1_000])
            #expect(try measurement.report.losses == [:])
        }

        /// Names that are gone cannot be probed, and the message says that they are gone.
        @Test func saysThatAStrippedProgramHasNoSymbols() async throws {
            let target = try TestTarget("variant-stripped")
            let result = try await UprofCommand.run([
                "attach", "--func", "variant_outer", "--", target.path,
            ])
            #expect(result.status == 1)
            #expect(result.standardOutput.isEmpty, "the program has not run")
            #expect(result.standardError.split(separator: "\n").count == 1)
            #expect(result.standardError.contains("variant-stripped"))
            #expect(result.standardError.contains("no symbols"))
        }

        @Test(
            .enabled(
                if: Capability.target("variant-32").isAvailable,
                "\(Capability.target("variant-32").reason)"))
        func refusesA32BitProgram() async throws {
            let process = try await TestTarget("variant-32").startWaiting()
            let byID = try await UprofCommand.run([
                "attach", "--pid", "\(process.processID)", "--func", "variant_outer",
            ])
            let asCommand = try await UprofCommand.run([
                "attach", "--func", "variant_outer", "--", try TestTarget("variant-32").path,
            ])
            for result in [byID, asCommand] {
                #expect(result.status == 1)
                #expect(result.standardOutput.isEmpty)
                #expect(result.standardError.split(separator: "\n").count == 1)
                #expect(result.standardError.contains("32-bit"))
            }
            process.sendLine()
            #expect(try await process.waitForExit().status == 20)
        }
    }
}
