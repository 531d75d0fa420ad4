import SystemPackage
import TestSupport
import Testing

@testable import Symbolizer

/// The libraries of this system whose debug files are there, with GNU addr2line as oracle.
@Suite struct LineAgreementTests {
    private static let libraries = ["libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2"].map {
        "/usr/lib/x86_64-linux-gnu/\($0)"
    }.filter { path in
        (try? ELFImage(path: FilePath(path))).map {
            LoadedImage(image: $0).debugFiles.file.hasDebugInformation
        } == true
    }

    /// Addresses in functions, drawn at random.
    private func addresses(of image: ELFImage, count: Int) -> [Address] {
        var random = SeededGenerator(seed: 40)
        let catalog = FunctionCatalog(of: image)
        return (0..<count).compactMap { _ in
            guard let function = catalog.randomElement(using: &random), function.size > 0 else {
                return nil
            }
            let distance = UInt64.random(in: 0..<function.size, using: &random)
            return Address(function.address.rawValue + distance)
        }
    }

    /// What addr2line prints about each address: a name and a place for each function.
    private func answers(about addresses: [Address], of path: String) throws -> [[Substring]] {
        let text = try Fixture.output(
            "addr2line -afi -e \(path)",
            input: addresses.map { "\($0)\n" }.joined())
        return text.split(separator: "\n").reduce(into: []) { answers, line in
            if line.hasPrefix("0x"), line.count == 18 {
                answers.append([])
            } else if !answers.isEmpty {
                answers[answers.count - 1].append(line)
            }
        }
    }

    /// The line of `FILE:LINE (discriminator 3)`.
    private func line(of place: Substring) -> Int {
        let digits = place.split(separator: ":").last?.prefix { $0.isNumber } ?? ""
        return Int(digits) ?? 0
    }

    /// The functions inlined and the line of each. Of the function around them the name is left
    /// out, as it has several, of which each prefers another; and so are the files: those of DWARF
    /// 5 that the unit does not begin with, addr2line 2.40 takes for the one it begins with.
    @Test(
        .enabled(if: !libraries.isEmpty, "needs the debug file of a library"), arguments: libraries)
    func `lines and inlined functions are those of addr2line`(path: String) throws {
        let image = LoadedImage(image: try ELFImage(path: FilePath(path)))
        let addresses = addresses(of: image.image, count: 500)
        let answers = try answers(about: addresses, of: path)
        #expect(answers.count == addresses.count)
        var wrong: [String] = []
        for (address, answer) in zip(addresses, answers) {
            let frames = image.location(of: address).frames
            let places = stride(from: 1, to: answer.count, by: 2).map { line(of: answer[$0]) }
            let names = stride(from: 0, to: answer.count - 2, by: 2).map { String(answer[$0]) }
            let isSame =
                frames.map { $0.position?.line ?? 0 } == places
                && frames.dropLast().map { $0.name ?? "" } == names
            if !isSame { wrong.append("\(address): \(frames), not \(answer)") }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    }
}
