import Glibc
import Symbolizer
import SystemPackage

/// The code of the processes of a `perf.data` file, with its unwind tables.
final class PerfCode {
    private struct Image {
        var image: ELFImage
        var table: UnwindTable
    }

    private let mappings: [UInt32: [PerfData.Mapping]]
    private var images: [String: Image?] = [:]

    init(_ data: PerfData) {
        mappings = Dictionary(grouping: data.mappings, by: \.process)
    }

    /// The frames of a sample as uprof unwinds them, root first, each by its place in its file.
    func frames(of sample: PerfData.Sample) -> [UInt64] {
        unwind(sample).frames.reversed().map { frame in
            let address = frame.address.rawValue
            guard let mapping = mapping(at: address, of: sample.process) else { return address }
            return address - mapping.addresses.lowerBound + mapping.offset
        }
    }

    /// A sample as uprof unwinds it.
    func unwind(_ sample: PerfData.Sample) -> UnwoundStack {
        // DWARF's numbers, by the kernel's.
        let order = [0, 3, 2, 1, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]
        let registers = UnwindRegisters(
            programCounter: sample.registers[8] ?? 0,
            values: order.map { sample.registers[$0] ?? 0 })
        let memory = StackMemory(address: sample.registers[7] ?? 0, bytes: sample.stack)
        return StackUnwinder.unwind(registers, memory) { [self] address in
            code(at: address.rawValue, of: sample.process)
        }
    }

    /// The code of a process at an address.
    private func code(at address: UInt64, of process: UInt32) -> UnwindCode {
        guard let mapping = mapping(at: address, of: process) else { return .unmapped }
        guard let image = image(mapping.path) else { return .generated }
        guard !image.table.rows.isEmpty else { return .bareImage }
        guard mapping.path != "[vdso]" else {
            return .image(image.table, bias: mapping.addresses.lowerBound)
        }
        guard let first = image.image.address(of: FileOffset(mapping.offset)) else {
            return .generated
        }
        return .image(image.table, bias: mapping.addresses.lowerBound &- first.rawValue)
    }

    /// The mapping of an address: of those that were there one after the other, the last one.
    private func mapping(at address: UInt64, of process: UInt32) -> PerfData.Mapping? {
        mappings[process]?.last { $0.addresses.contains(address) }
    }

    private func image(_ path: String) -> Image? {
        if let known = images[path] { return known }
        let opened =
            path == "[vdso]"
            ? try? ProcessSnapshot(of: ProcessID(getpid())).readVDSO()
            : try? ELFImage(path: FilePath(path))
        let made = opened.map { Image(image: $0, table: UnwindTable(of: $0)) }
        images[path] = made
        return made
    }
}
