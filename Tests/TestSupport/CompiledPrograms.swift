internal import Foundation

/// The instructions of a compiled BPF object, read as plainly as possible.
package struct CompiledPrograms {
    /// An instruction. Source: `struct bpf_insn` of include/uapi/linux/bpf.h.
    package struct Instruction: Sendable {
        /// Its operation.
        package let code: UInt8
        /// Its second register, or what kind of operand it has.
        package let source: UInt8
        /// How far a jump goes.
        package let offset: Int16
        /// Its immediate operand: the number of a helper, for a call.
        package let immediate: Int32
    }

    /// The names of all sections with contents.
    package let sections: [String]
    /// The instructions by the name of the program.
    package let programs: [String: [Instruction]]

    private struct Section {
        let name: Int
        let type: Int
        let offset: Int
        let size: Int
        let link: Int
    }

    /// Reads an object file; ELF-64, little-endian.
    ///
    /// - Throws: What reading the file throws.
    package init(path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        func number(_ offset: Int, _ size: Int) -> Int {
            (0..<size).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
        }
        func text(_ offset: Int) -> String {
            String(decoding: bytes[offset...].prefix { $0 != 0 }, as: UTF8.self)
        }
        let table = number(40, 8)
        let headers = (0..<number(60, 2)).map { index in
            let start = table + index * 64
            return Section(
                name: number(start, 4), type: number(start + 4, 4), offset: number(start + 24, 8),
                size: number(start + 32, 8), link: number(start + 40, 4))
        }
        let names = headers[number(62, 2)].offset
        sections = headers.filter { $0.size > 0 }.map { text(names + $0.name) }

        var programs: [String: [Instruction]] = [:]
        for symbols in headers where symbols.type == 2 {
            for start in stride(from: symbols.offset, to: symbols.offset + symbols.size, by: 24) {
                guard bytes[start + 4] & 15 == 2 else { continue }
                let code = headers[number(start + 6, 2)].offset + number(start + 8, 8)
                let name = text(headers[symbols.link].offset + number(start, 4))
                let ends = code + number(start + 16, 8)
                programs[name] = stride(from: code, to: ends, by: 8).map { place in
                    Instruction(
                        code: bytes[place], source: bytes[place + 1] >> 4,
                        offset: Int16(truncatingIfNeeded: number(place + 2, 2)),
                        immediate: Int32(truncatingIfNeeded: number(place + 4, 4)))
                }
            }
        }
        self.programs = programs
    }
}
