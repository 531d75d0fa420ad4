import SystemPackage
import TestSupport
import Testing

@testable import Symbolizer

/// The programs and libraries of this system, with `nm` and llvm-symbolizer as oracles.
@Suite struct SystemAgreementTests {
    private static let filesPerDirectory = 40
    private static let symbolsPerFile = 30

    private struct Listed {
        var address: UInt64
        var size: UInt64
        var name: String
    }

    /// The functions with a size, by `nm`, of both tables.
    private func listed(_ path: String) throws -> [Listed] {
        let text = try Fixture.output(
            "nm -S --defined-only '\(path)' 2>/dev/null; nm -DS --defined-only '\(path)' 2>/dev/null"
        )
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 4, "tTwWi".contains(words[2]),
                let address = UInt64(words[0], radix: 16), let size = UInt64(words[1], radix: 16),
                size > 0
            else { return nil }
            let name = words[3].split(separator: "@").first.map(String.init) ?? ""
            return Listed(address: address, size: size, name: name)
        }
    }

    private func sample(of directory: String, seed: UInt64) throws -> [String] {
        let text = try Fixture.output(
            "find \(directory) -maxdepth 2 -type f -size +4k \\( -perm -1 -o -name '*.so*' \\) | sort"
        )
        var random = SeededGenerator(seed: seed)
        return text.split(separator: "\n").map(String.init).shuffled(using: &random)
    }

    /// An address in the middle of a function has a name that `nm` gives to a function around it.
    @Test(arguments: [("/usr/bin", 11), ("/usr/lib", 12), ("/usr/sbin", 13)] as [(String, UInt64)])
    func `names are those nm lists`(directory: String, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var files = 0
        var wrong: [String] = []
        for path in try sample(of: directory, seed: seed) where files < Self.filesPerDirectory {
            guard let elf = try? ELFImage(path: FilePath(path)), elf.kind != .relocatable else {
                continue
            }
            let functions = try listed(path)
            guard !functions.isEmpty else { continue }
            files += 1
            let image = LoadedImage(image: elf)
            for function in functions.shuffled(using: &random).prefix(Self.symbolsPerFile) {
                guard elf.isExecutable(Address(function.address)) else { continue }
                let distance = UInt64.random(in: 0..<function.size, using: &random)
                let address = function.address + distance
                let name = image.location(of: Address(address)).frames.last?.name
                let around = functions.filter {
                    $0.address <= address && address - $0.address < $0.size
                }
                // A debug file has names that the image itself does not list.
                if !around.contains(where: { $0.name == name }), !image.debugFiles.isSeparate {
                    let address = String(address, radix: 16)
                    wrong.append("\(path) 0x\(address): \(name ?? "??"), not \(function.name)")
                }
            }
        }
        #expect(wrong.isEmpty, "\(wrong)")
        #expect(files > 5)
    }

    private static let libc = "/usr/lib/x86_64-linux-gnu/libc.so.6"
    private static let hasOracle =
        (try? Fixture.output("command -v llvm-symbolizer-14"))?.isEmpty == false
        && (try? ELFImage(path: FilePath(libc))).map {
            LoadedImage(image: $0).debugFiles.file.hasDebugInformation
        } == true

    /// Functions inlined and lines as llvm-symbolizer has them; of the function around them the
    /// names differ where it has several, of which each prefers another.
    @Test(.enabled(if: hasOracle, "needs llvm-symbolizer-14 and the debug file of the C library"))
    func `lines and inlined functions are those of llvm-symbolizer`() throws {
        var random = SeededGenerator(seed: 14)
        let functions = try listed(Self.libc)
        let addresses = (0..<1000).compactMap { _ in
            functions.randomElement(using: &random).map { function in
                function.address + UInt64.random(in: 0..<function.size, using: &random)
            }
        }
        let answers = try Fixture.output(
            "llvm-symbolizer-14 --functions=linkage --no-demangle --obj=\(Self.libc)",
            input: addresses.map { "0x" + String($0, radix: 16) + "\n" }.joined())
        let image = LoadedImage(image: try ELFImage(path: FilePath(Self.libc)))
        let expected = answers.split(separator: "\n\n", omittingEmptySubsequences: true)
        #expect(expected.count == addresses.count)
        var wrong: [String] = []
        for (address, answer) in zip(addresses, expected) {
            let lines = answer.split(separator: "\n").map(String.init)
            let frames = image.location(of: Address(address)).frames
            let found = frames.flatMap { frame -> [String] in
                let place = frame.position.map { "\($0.file):\($0.line):\($0.column)" }
                return [frame.name ?? "??", place ?? "??:0:0"]
            }
            let isSame =
                lines.count == found.count
                && zip(lines, found).enumerated().allSatisfy { index, pair in
                    index == lines.count - 2 || pair.0 == pair.1
                }
            if !isSame { wrong.append("0x\(String(address, radix: 16)): \(found), not \(lines)") }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }
}
