import Profiler
import Testing

#if arch(x86_64)
    /// Exits of functions in literal machine code.
    @Suite struct ExitSitesTests {
        struct Case: CustomTestStringConvertible {
            var name: String
            /// Begins at 0x1000.
            var code: [UInt8]
            var exits: [UInt64: ExitSite.Kind]
            var makesCalls = false

            var testDescription: String { name }
        }

        /// The distance to the function at 0x2000 from behind an instruction.
        private static func toFunction(from end: UInt8) -> [UInt8] {
            let distance = UInt32(0x1000) - UInt32(end)
            return (0..<4).map { UInt8(truncatingIfNeeded: distance >> (8 * $0)) }
        }

        static let cases: [Case] = [
            Case(
                name: "a return behind a prologue",
                code: [
                    0x55,  // push %rbp
                    0x48, 0x89, 0xe5,  // mov %rsp,%rbp
                    0x5d,  // pop %rbp
                    0xc3,  // ret
                ],
                exits: [0x1005: .return]),
            Case(
                name: "every form of return",
                code: [
                    0xf3, 0xc3,  // repz ret
                    0xf2, 0xc3,  // bnd ret
                    0xc2, 0x08, 0x00,  // ret $8
                ],
                exits: [0x1000: .return, 0x1002: .return, 0x1004: .return]),
            Case(
                name: "bytes of a return inside another instruction",
                code: [
                    0xb8, 0xc3, 0xc3, 0xc3, 0xc3,  // mov $0xc3c3c3c3,%eax
                    0xc3,  // ret
                ],
                exits: [0x1005: .return]),
            Case(
                name: "a jump to another function",
                code: [0xe9] + toFunction(from: 5),  // jmp 0x2000
                exits: [0x1000: .jump], makesCalls: true),
            Case(
                name: "a jump within the function",
                code: [
                    0xeb, 0x01,  // jmp 0x1003
                    0x90,  // nop
                    0xc3,  // ret
                ],
                exits: [0x1003: .return]),
            Case(
                name: "a jump to the own entry",
                code: [
                    0x90,  // nop
                    0xeb, 0xfd,  // jmp 0x1000
                ],
                exits: [0x1001: .jump], makesCalls: true),
            Case(
                name: "a jump through a register",
                code: [0xff, 0xe0],  // jmp *%rax
                exits: [0x1000: .jump], makesCalls: true),
            Case(
                name: "a jump through memory",
                code: [0xff, 0x25, 0x00, 0x10, 0x00, 0x00],  // jmp *0x1000(%rip)
                exits: [0x1000: .jump], makesCalls: true),
            Case(
                name: "a table of addresses",
                code: [
                    0xff, 0x24, 0xc5, 0x00, 0x30, 0x00, 0x00,  // jmp *0x3000(,%rax,8)
                    0xc3,  // ret
                ],
                exits: [0x1007: .return]),
            Case(
                name: "a table of distances",
                code: [
                    0x48, 0x63, 0x04, 0x82,  // movslq (%rdx,%rax,4),%rax
                    0x48, 0x01, 0xd0,  // add %rdx,%rax
                    0xff, 0xe0,  // jmp *%rax
                    0xc3,  // ret
                ],
                exits: [0x1009: .return]),
            Case(
                name: "a table under CET",
                code: [
                    0x3e, 0xff, 0xe0,  // notrack jmp *%rax
                    0xc3,  // ret
                ],
                exits: [0x1003: .return]),
            Case(
                name: "a condition within the function",
                code: [
                    0x74, 0x01,  // je 0x1003
                    0x90,  // nop
                    0xc3,  // ret
                ],
                exits: [0x1003: .return]),
            Case(
                name: "a condition that leads to another function",
                code: [0x0f, 0x84] + toFunction(from: 6) + [  // je 0x2000
                    0xc3  // ret
                ],
                exits: [0x1000: .conditionalJump(condition: 4), 0x1006: .return], makesCalls: true),
            Case(
                name: "a call",
                code: [0xe8] + toFunction(from: 5) + [  // call 0x2000
                    0xc3  // ret
                ],
                exits: [0x1005: .return], makesCalls: true),
            Case(
                name: "no exit at all",
                code: [0xe8] + toFunction(from: 5) + [  // call 0x2000
                    0x0f, 0x0b,  // ud2
                ],
                exits: [:], makesCalls: true),
        ]

        private static func exits(of code: [UInt8]) throws -> ExitSites {
            var sites = ExitSites(
                entry: 0x1000, parts: [0x1000..<0x1000 + UInt64(code.count)],
                isFunction: { $0 == 0x2000 })
            try sites.add(code: code.span.bytes, at: 0x1000)
            return sites
        }

        @Test(arguments: cases)
        func findsTheExits(_ expected: Case) throws {
            let found = try Self.exits(of: expected.code)
            let exits = Dictionary(uniqueKeysWithValues: found.sites.map { ($0.address, $0.kind) })
            #expect(exits == expected.exits)
            #expect(found.makesCalls == expected.makesCalls)
            #expect(found.escapes.isEmpty)
        }

        /// Code, and where it goes wrong.
        private static let unknown: [([UInt8], UInt64)] = [
            ([0x90, 0x06], 0x1001),  // no instruction of 64-bit code
            ([0x90, 0xe9, 0x00], 0x1001),  // a jump that is cut off
            ([0x0f], 0x1000),
        ]

        @Test(arguments: unknown)
        func refusesCodeThatIsNotKnown(code: [UInt8], address: UInt64) {
            #expect(throws: ExitSites.Failure.undecodable(address: address)) {
                try Self.exits(of: code)
            }
        }

        /// Code a stripped file has no name for: a `.cold` part, which may come back or return.
        @Test func followsJumpsToCodeWithoutAName() throws {
            let code: [UInt8] = [0x0f, 0x84, 0xfa, 0x1f, 0x00, 0x00, 0xc3]  // je 0x3000; ret
            var sites = try Self.exits(of: code)
            let escapes = [sites.takeEscape(), sites.takeEscape()]
            #expect(escapes == [0x3000, nil])
            let hidden: [UInt8] = [0x90, 0xc3, 0xc3]  // nop; ret; and what follows
            try sites.addHidden(code: hidden.span.bytes, at: 0x3000)
            let exits = Dictionary(uniqueKeysWithValues: sites.sites.map { ($0.address, $0.kind) })
            #expect(exits == [0x1006: .return, 0x3001: .hiddenReturn])
        }

        /// Jumps between the parts of one function do not leave it.
        @Test func treatsTheColdPartAsTheFunction() throws {
            var sites = ExitSites(
                entry: 0x1000, parts: [0x1000..<0x1007, 0x3000..<0x3005], isFunction: { _ in true })
            let hot: [UInt8] = [0x0f, 0x84, 0xfa, 0x1f, 0x00, 0x00, 0xc3]  // je 0x3000; ret
            let cold: [UInt8] = [0xe9, 0x01, 0xe0, 0xff, 0xff]  // jmp 0x1006
            try sites.add(code: hot.span.bytes, at: 0x1000)
            try sites.add(code: cold.span.bytes, at: 0x3000)
            #expect(sites.sites.map(\.address) == [0x1006])
        }

        /// Every prefix of a function is either decoded or refused.
        @Test func survivesEveryPrefix() throws {
            for expected in Self.cases {
                for count in 0...expected.code.count {
                    _ = try? Self.exits(of: Array(expected.code.prefix(count)))
                }
            }
        }
    }
#endif
