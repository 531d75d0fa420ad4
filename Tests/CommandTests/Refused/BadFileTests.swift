import Foundation
import TestSupport
import Testing

/// Files that are no program or library: one line that names the file and says what it is.
@Suite(.serialized) struct BadFileTests {
    struct Case: CustomTestStringConvertible {
        var path: String
        var words: String

        var testDescription: String { path }

        /// A file of `TestTargets/build`.
        static func target(_ name: String, _ words: String) -> Case {
            Case(path: "\(TestTarget.buildDirectory)/\(name)", words: words)
        }
    }

    static let cases: [Case] = [
        .target("images/text", "is not an ELF file"),
        .target("images/empty", "is empty"),
        .target("images/script.sh", "is a script"),
        .target("images/32-bit.elf", "32-bit"),
        .target("images/foreign.elf", "is for"),
        .target("images/big-endian.elf", "is for"),
        .target("variant-stripped", "no symbols"),
        Case(path: "/no/such/file", words: "no such file"),
        Case(path: "/tmp", words: "is a directory"),
        Case(path: "/dev/null", words: "not a regular file"),
    ]

    @Test(arguments: cases)
    func saysWhatAFileIs(_ file: Case) async throws {
        let result = try await UprofCommand.run(["functions", "--binary", file.path])
        #expect(result.status == 1)
        #expect(result.standardOutput.isEmpty)
        #expect(result.standardError.split(separator: "\n").count == 1)
        #expect(result.standardError.contains(file.path))
        #expect(result.standardError.contains(file.words))
    }

    /// `attach` says the same as `functions`.
    @Test(
        .enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"),
        arguments: ["images/script.sh", "images/text", "images/empty"])
    func attachSaysTheSame(name: String) async throws {
        let path = "\(TestTarget.buildDirectory)/\(name)"
        let listed = try await UprofCommand.run(["functions", "--binary", path])
        let attached = try await UprofCommand.run(["attach", "--func", "f", "--binary", path])
        #expect(attached.standardError == listed.standardError)
        #expect(attached.termination == listed.termination)
    }

    /// A program that is cut off, or has wrong bits: a list or one line, never a crash.
    @Test func survivesDamagedPrograms() async throws {
        let directory = try ScratchDirectory()
        let path = "\(TestTarget.buildDirectory)/stacks"
        let intact = try [UInt8](Data(contentsOf: URL(filePath: path)))
        var generator = SeededGenerator(defaultSeed: 11)
        for index in 0..<30 {
            var bytes = intact
            if index < 10 {
                bytes.removeLast(Int.random(in: 1..<bytes.count, using: &generator))
            } else {
                for _ in 0..<8 {
                    // The headers, at both ends of the file, are what is worth damaging.
                    let offset = Int.random(in: 0..<2_048, using: &generator)
                    let position =
                        Bool.random(using: &generator) ? offset : bytes.count - 1 - offset
                    bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                }
            }
            let result = try await UprofCommand.run([
                "functions", "--binary", try directory.write(bytes, to: "damaged"),
            ])
            let comment: Comment = "damage \(index) of seed \(generator.seed): \(result)"
            #expect(result.status == 0 || result.status == 1, comment)
            if result.status == 1 {
                #expect(result.standardError.split(separator: "\n").count == 1, comment)
            }
        }
    }
}
