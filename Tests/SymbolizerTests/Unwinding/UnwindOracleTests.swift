import SystemPackage
import Testing

@testable import Symbolizer

/// Whole images, row by row, against what readelf and llvm-dwarfdump make of them.
@Suite struct UnwindOracleTests {
    private static let libraries = "/usr/lib/x86_64-linux-gnu/"

    /// Libraries in C, C++ and assembly, and programs in C, Swift, Go and Rust.
    static let images: [String] = {
        let built = ["../names-swift", "../names-rust", "../unwinding/hello-go"].compactMap {
            try? Fixture.path($0).string
        }
        let assembled = ["chain-static", "chain-cet"].compactMap {
            try? Fixture.path("../unwinding/" + $0).string
        }
        return [
            "/lib64/ld-linux-x86-64.so.2", libraries + "libc.so.6", libraries + "libstdc++.so.6",
            libraries + "libgcc_s.so.1", libraries + "libcrypto.so.3", "/usr/bin/python3",
        ] + built + assembled
    }()

    private func table(_ path: String) throws -> UnwindTable {
        UnwindTable(of: try ELFImage(path: FilePath(path)))
    }

    private func tracksRBX(_ table: UnwindTable) -> Bool {
        table.rules.contains { rule in
            if case .frame(_, _, let rbx, _) = rule.kind { rbx != .undefined } else { false }
        }
    }

    @Test(arguments: images)
    func `every row of readelf has its rule`(path: String) throws {
        let table = try table(path)
        let tracksRBX = tracksRBX(table)
        let frames = DumpedFrame.readelf(
            try Fixture.output("readelf --debug-dump=frames-interp '\(path)' 2>/dev/null"))
        #expect(frames.count > 10)
        var compared = 0
        for frame in frames {
            guard let expected = frame.rule(tracksRBX: tracksRBX) else { continue }
            compared += 1
            for address in [frame.addresses.lowerBound, frame.addresses.upperBound - 1] {
                let rule = table.rule(at: Address(address))
                // By its code: what Go says of it in .debug_frame is wrong.
                if rule?.kind == .signalFrame { continue }
                #expect(rule?.kind == expected, "\(path) \(String(address, radix: 16))")
            }
        }
        #expect(compared * 100 >= frames.count * 90)
        #expect(table.invalidEntries == 0)
    }

    @Test(arguments: images)
    func `no row is where readelf has none`(path: String) throws {
        let frames = DumpedFrame.readelf(
            try Fixture.output("readelf --debug-dump=frames-interp '\(path)' 2>/dev/null"))
        var edges = Set(frames.map(\.addresses.lowerBound))
        edges.formUnion(frames.map(\.addresses.upperBound))
        let table = try table(path)
        let strays = table.rows.filter { row in
            let before = table.rule(at: Address(row.address.rawValue - 1))?.kind
            let isTrampoline = table.rules[Int(row.rule)].kind == .signalFrame
            return !isTrampoline && before != .signalFrame
                && !edges.contains(row.address.rawValue)
        }
        #expect(strays.map(\.address) == [])
    }

    @Test(arguments: images)
    func `every expression of llvm-dwarfdump is known or said to be unknown`(path: String) throws {
        let table = try table(path)
        let tool = try #require(dwarfdump, "llvm-dwarfdump is not installed")
        let text = try Fixture.output("\(tool) --eh-frame '\(path)' 2>/dev/null")
        // LLVM 14 keeps the CFA where DW_CFA_restore_state restores it (DWARF 5, section 6.4.2.4).
        let expressions = Set(
            DumpedFrame.readelf(
                try Fixture.output("readelf --debug-dump=frames-interp '\(path)' 2>/dev/null")
            ).filter { $0.cfa == "exp" }.map(\.addresses.lowerBound))
        for frame in DumpedFrame.dwarfdump(text)
        where frame.cfa.hasPrefix("DW_OP") && expressions.contains(frame.addresses.lowerBound) {
            let kind = table.rule(at: Address(frame.addresses.lowerBound))?.kind
            let place = "\(path) \(frame.addresses.lowerBound): \(frame.cfa)"
            switch kind {
            case .frame(let cfa, _, _, _): #expect(cfa == frame.expressionCFA, "\(place)")
            case .signalFrame: #expect(frame.cfa == "DW_OP_breg7 RSP+160, DW_OP_deref", "\(place)")
            case .unsupported(.cfaExpression): #expect(frame.expressionCFA == nil, "\(place)")
            default: Issue.record("\(place): \(String(describing: kind))")
            }
        }
    }

    private var dwarfdump: String? {
        let names = try? Fixture.output("command -v llvm-dwarfdump llvm-dwarfdump-14")
        return names?.split(separator: "\n").first.map(String.init)
    }
}
