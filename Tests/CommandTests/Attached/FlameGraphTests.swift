import Foundation
import TestSupport
import Testing

extension Attaching {
    /// `--flamegraph`: the picture a person looks at.
    @Suite(.serialized) struct FlameGraphTests {
        /// Writes a flame graph of `stacks` and returns the directory it is in.
        private static func draw() async throws -> ScratchDirectory {
            let directory = try ScratchDirectory()
            let measurement = try await Attach.command(
                "stacks", functions: ["stack_leaf"],
                options: ["--flamegraph", directory.file("out.svg")])
            #expect(measurement.uprof.status == 21)
            return directory
        }

        @Test(
            .enabled(
                if: Capability.tool("xmllint").isAvailable,
                "\(Capability.tool("xmllint").reason)"))
        func writesWellFormedXML() async throws {
            let directory = try await Self.draw()
            try await run(
                try #require(Tool.path("xmllint")), ["--noout", directory.file("out.svg")]
            ).check()
            let text = try directory.text(of: "out.svg")
            for name in ["main", "stack_a", "stack_b", "stack_c", "stack_leaf"] {
                #expect(text.contains("<title>\(name) ("))
            }
        }

        /// Chromium draws it, and its console has nothing to say.
        @Test(
            .enabled(
                if: Capability.tool("chromium").isAvailable,
                "\(Capability.tool("chromium").reason)"))
        func opensInABrowser() async throws {
            let directory = try await Self.draw()
            let result = try await run(
                try #require(Tool.path("chromium")),
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
                    "--user-data-dir=\(directory.file("profile"))",
                    "--screenshot=\(directory.file("out.png"))",
                    "file://\(directory.file("out.svg"))",
                ])
            #expect(result.status == 0)
            #expect(!result.standardError.contains("CONSOLE"))
            #expect(try directory.bytes(of: "out.png").starts(with: [0x89, 0x50, 0x4e, 0x47]))
        }
    }
}
