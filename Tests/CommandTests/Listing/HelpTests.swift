import TestSupport
import Testing

/// What uprof says about itself.
@Suite struct HelpTests {
    private static let commands = [
        "attach", "record", "functions", "fold", "flamegraph", "diff", "convert", "symbolize",
        "demangle", "btf", "package", "doctor",
    ]

    @Test func printsItsVersion() async throws {
        let result = try await UprofCommand.run(["--version"]).check()
        let numbers = result.standardOutput.dropLast().split(separator: ".")
        #expect(numbers.count == 3)
        #expect(numbers.allSatisfy { Int($0) != nil })
        #expect(result.standardError.isEmpty)
    }

    @Test func namesItsCommands() async throws {
        for arguments in [[], ["--help"], ["help"]] {
            let result = try await UprofCommand.run(arguments)
            #expect(result.status == 0)
            for command in Self.commands {
                #expect(result.standardOutput.contains("  \(command) "))
            }
            #expect(result.standardOutput.contains("77 not"), "the exit statuses are explained")
        }
    }

    /// The help of each command has examples with the command as one types it.
    @Test(arguments: Self.commands)
    func showsAnExampleOfEachCommand(command: String) async throws {
        let result = try await UprofCommand.run([command, "--help"]).check()
        let lines = result.standardOutput.split(separator: "\n")
        let heading = try #require(lines.firstIndex { $0.hasPrefix("Example") })
        #expect(lines[heading + 1].contains("uprof \(command)"))
    }
}
