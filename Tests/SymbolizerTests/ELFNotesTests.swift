import Bytes
import Testing

@testable import Symbolizer

@Suite struct ELFNotesTests {
    private let buildID: [UInt8] = [
        4, 0, 0, 0,  // size of the name
        3, 0, 0, 0,  // size of the contents
        3, 0, 0, 0,  // NT_GNU_BUILD_ID
        0x47, 0x4e, 0x55, 0,  // "GNU"
        0xab, 0xcd, 0x0e, 0,  // the contents and one byte of padding
    ]
    private let goBuildID: [UInt8] = [
        4, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 0x47, 0x6f, 0, 0, 0x78, 0x79, 0, 0,
    ]

    @Test func `reads one note after the other`() {
        let bytes = buildID + goBuildID
        let notes = ELFNotes.parse(bytes.span.bytes, byteOrder: .little, alignment: 4)
        #expect(notes.map(\.owner) == ["GNU", "Go"])
        #expect(notes.compactMap(\.buildID).map(\.description) == ["abcd0e"])
        #expect(notes.last?.contents == [0x78, 0x79])
    }

    @Test func `pads properties to 8 bytes`() {
        let property: [UInt8] = [
            4, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 0x47, 0x4e, 0x55, 0, 1, 2, 3, 4, 0, 0, 0, 0,
        ]
        let bytes = property + buildID
        let notes = ELFNotes.parse(bytes.span.bytes, byteOrder: .little, alignment: 8)
        #expect(notes.map(\.kind) == [5, 3])
    }

    @Test func `a note that is cut off is none`() {
        let bytes = buildID + goBuildID
        for count in 0..<bytes.count {
            let prefix = Array(bytes.prefix(count))
            let notes = ELFNotes.parse(prefix.span.bytes, byteOrder: .little, alignment: 4)
            // The padding of the last note may be missing.
            #expect(notes.count == (count < 19 ? 0 : count < 38 ? 1 : 2))
        }
    }
}
