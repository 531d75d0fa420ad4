import Bytes
import Foundation
import Profiler
import Symbolizer
import SystemPackage
import TestSupport
import Testing

/// Exits in real programs, compared with what objdump disassembles.
@Suite(
    .enabled(if: Capability.tool("objdump").isAvailable, "\(Capability.tool("objdump").reason)"))
struct ExitSitesOracleTests {
    /// What objdump says of a file: its returns and its jumps.
    fileprivate struct Disassembly {
        var returns: [UInt64] = []
        /// Unconditional jumps and their targets, none where they are indirect.
        var jumps: [UInt64: UInt64?] = [:]

        /// Reads lines such as `  401030:\tjmp    401000 <f>`.
        init(_ text: String) {
            for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
                guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                    let address = Self.hex(line[..<colon])
                else { continue }
                let words = line[colon...].dropFirst().split { $0 == 9 || $0 == 32 }
                    .drop { ["bnd", "notrack", "repz", "cs", "ds"].contains(String($0)) }
                switch words.first.flatMap({ String($0) }) {
                case "ret": returns.append(address)
                case "jmp": jumps[address] = .some(words.dropFirst().first.flatMap(Self.hex))
                default: break
                }
            }
        }

        private static func hex(_ digits: Substring.UTF8View) -> UInt64? {
            UInt64(Substring(digits).trimmingPrefix(while: \.isWhitespace), radix: 16)
        }

        static func of(_ path: String) async throws -> Disassembly {
            let objdump = try #require(Tool.path("objdump"))
            let command = "'\(objdump)' -d --no-show-raw-insn '\(path)' | grep -E '\\b(ret|jmp)\\b'"
            let result = try await run("/bin/sh", ["-c", command]).check()
            var disassembly = Disassembly(result.standardOutput)
            disassembly.returns.sort()
            return disassembly
        }

        /// The returns in a part of the file.
        func returns(in part: Range<UInt64>) -> [UInt64] {
            Array(returns.drop { $0 < part.lowerBound }.prefix { $0 < part.upperBound })
        }
    }

    static let files: [String] = [
        "\(TestTarget.buildDirectory)/kvstore", "\(TestTarget.buildDirectory)/exceptions",
        "\(TestTarget.buildDirectory)/recursion", "\(TestTarget.buildDirectory)/variant-cet",
        libraryPath("libstdc++.so.6"),
    ].compactMap { $0 }

    /// Where this process has a library from.
    private static func libraryPath(_ name: String) -> String? {
        let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)
        return maps?.split(separator: "\n").compactMap { $0.split(separator: " ").last }
            .first { $0.contains("/\(name)") }.map(String.init)
    }

    /// Every return is found, nothing else is taken for one, and no exit is inside an instruction.
    @Test(arguments: files)
    func findsTheReturnsThatObjdumpFinds(path: String) async throws {
        let disassembly = try await Disassembly.of(path)
        let image = try ELFImage(path: FilePath(path))
        var (checked, refused) = (0, 0)
        for function in FunctionCatalog(of: image) where function.size > 0 {
            guard let offset = function.fileOffset, function.probeability == .probeable else {
                continue
            }
            let start = function.address.rawValue
            let part = start..<start + function.size
            var sites = ExitSites(entry: start, parts: [part], isFunction: { _ in true })
            let code = try image.file.bytes.slice(at: offset.rawValue, count: function.size)
            do {
                try sites.add(code: code, at: start)
            } catch {
                refused += 1
                continue
            }
            checked += 1
            verify(sites, function, part, disassembly)
        }
        #expect(checked >= 3)
        #expect(refused * 200 <= checked, "\(refused) refused, \(checked) checked")
    }

    private func verify(
        _ sites: ExitSites, _ function: Function, _ part: Range<UInt64>,
        _ disassembly: Disassembly
    ) {
        let returns = sites.sites.filter { $0.kind == .return }.map(\.address)
        #expect(returns == disassembly.returns(in: part), "\(function.name)")
        for site in sites.sites where site.kind == .jump {
            guard let target = disassembly.jumps[site.address] else {
                Issue.record("\(function.name): no jump at \(String(site.address, radix: 16))")
                continue
            }
            if let target { #expect(target == part.lowerBound || !part.contains(target)) }
        }
        let jumps = Set(sites.sites.map(\.address))
        for (address, target) in disassembly.jumps(in: part) {
            guard let target, target == part.lowerBound || !part.contains(target) else { continue }
            #expect(jumps.contains(address), "\(function.name): tail call missed")
        }
    }
}

extension ExitSitesOracleTests.Disassembly {
    /// The unconditional jumps in a part of the file.
    fileprivate func jumps(in part: Range<UInt64>) -> [(UInt64, UInt64?)] {
        part.count < jumps.count
            ? part.compactMap { address in jumps[address].map { (address, $0) } }
            : jumps.filter { part.contains($0.key) }.map { ($0.key, $0.value) }
    }
}
