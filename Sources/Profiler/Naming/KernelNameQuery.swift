internal import CProbeObjects
internal import CUprofABI
internal import LibBPF
internal import Symbolizer

/// Asks the kernel itself what its functions are called (Linux 5.14).
final class KernelNameQuery {
    /// What the kernel says of a function.
    struct Function: Equatable {
        var name: String
        /// The module in brackets, `[ext4]`; nil if it is part of the kernel.
        var module: String?
        /// How far behind its beginning the address is, in bytes.
        var offset: UInt64
        /// How many bytes it has.
        var size: UInt64
    }

    /// What the kernel says of an address.
    enum Answer: Equatable {
        /// It is in a function.
        case function(Function)
        /// There is no function.
        case nothing
        /// It cannot be asked, or has more to say than there is room for.
        case refused
    }

    private let object: BPFObject

    /// Loads the program that is run for each question.
    ///
    /// - Throws: `BPFError` if the kernel refuses it.
    init() throws(BPFError) {
        object = try BPFObject(
            name: "uprof_names",
            bytes: UnsafeRawBufferPointer(
                start: uprof_kernel_names_object, count: uprof_kernel_names_object_size))
        try object.load()
    }

    /// Asks for the function an address is in.
    func answer(for address: Address) -> Answer {
        var query = uprof_kernel_name()
        query.address = address.rawValue
        guard let size = try? object.run(program: "name_kernel_function", on: &query) else {
            return .refused
        }
        return withUnsafeBytes(of: query.words) { words in
            guard size >= 1, size <= words.count else { return .refused }
            return Function(words.prefix(Int(size) - 1)).map { .function($0) } ?? .nothing
        }
    }
}

extension KernelNameQuery.Function {
    /// Reads what `%pS` prints (Documentation/core-api/printk-formats.rst): a name, an offset and
    /// a size, `schedule+0x1f/0x60`, and a module in brackets, or else the address. What marks the end
    /// of functions is no name.
    init?(_ text: some BidirectionalCollection<UInt8>) {
        let words = text.split(separator: UInt8(ascii: " "), maxSplits: 1)
        guard let place = words.first,
            let plus = place.reversed().firstIndex(of: UInt8(ascii: "+"))?.base
        else { return nil }
        let numbers = place[plus...].split(separator: UInt8(ascii: "/"))
            .map { String(decoding: $0, as: UTF8.self) }.compactMap(Self.number)
        name = String(decoding: place[..<plus].dropLast(), as: UTF8.self)
        guard numbers.count == 2, !name.isEmpty, !KernelMark.isEnd(name: name) else { return nil }
        (offset, size) = (numbers[0], numbers[1])
        module = words.dropFirst().first.map { String(decoding: $0, as: UTF8.self) }
    }

    /// A number of the form `0x1f`.
    private static func number(_ text: String) -> UInt64? {
        guard text.hasPrefix("0x") else { return nil }
        return UInt64(text.dropFirst(2), radix: 16)
    }
}
