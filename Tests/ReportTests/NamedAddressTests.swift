import Testing

@testable import Report

@Suite struct NamedAddressTests {
    private let chain = NamedAddress(
        .number(0x1139), module: "/bin/x", fileOffset: 313,
        functions: [
            .init(name: "leaf", file: "/a.c", line: 2, column: 7, isInlined: true),
            .init(name: nil, file: "/a.c", line: 0),
            .init(name: "outer", offset: 9),
        ])

    private func text(_ address: NamedAddress) -> String {
        var bytes: [UInt8] = []
        NamedAddressText.append(address, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func json(_ address: NamedAddress) -> String {
        var bytes: [UInt8] = []
        NamedAddressJSON.append(address, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `has the layout of addr2line`() {
        #expect(text(chain) == "0x0000000000001139\nleaf\n/a.c:2\n??\n/a.c:?\nouter\n??:?\n")
        #expect(text(NamedAddress(.number(.max))) == "0xffffffffffffffff\n??\n??:0\n")
        #expect(text(NamedAddress(.invalid("ma\u{1b}in"))) == "ma\u{FFFD}in\n??\n??:0\n")
    }

    @Test func `shows nothing of names that would change the terminal`() {
        let name = NamedAddress(.number(1), functions: [.init(name: "a\u{1b}[2J\nb")])
        #expect(text(name) == "0x0000000000000001\na\u{FFFD}[2J\u{FFFD}b\n??:?\n")
    }

    @Test func `is an object on a line`() {
        #expect(
            json(chain) == """
                {"schema": "uprof.symbolize/1", "address": "0x1139", "module": "/bin/x", \
                "file_offset": 313, "frames": [{"function": "leaf", "file": "/a.c", "line": 2, \
                "column": 7, "kind": "inlined"}, {"file": "/a.c", "line": 0, "column": 0, \
                "kind": "function"}, {"function": "outer", "kind": "function", "offset": 9}]}

                """)
        #expect(
            json(NamedAddress(.number(5), reason: "not mapped")) == """
                {"schema": "uprof.symbolize/1", "address": "0x5", "frames": [], \
                "reason": "not mapped"}

                """)
    }
}
