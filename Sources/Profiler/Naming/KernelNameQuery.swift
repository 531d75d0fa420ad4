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
    init?(_ text: some Sequence<UInt8>) {
        let text = Array(text)
        let end = text.firstIndex(of: UInt8(ascii: " ")) ?? text.endIndex
        let place = text[..<end]
        guard let plus = place.lastIndex(of: UInt8(ascii: "+")),
            let slash = place[plus...].firstIndex(of: UInt8(ascii: "/")),
            place[plus...].starts(with: "+0x".utf8), place[slash...].starts(with: "/0x".utf8),
            let offset = Address(hexadecimal: place[plus..<slash].dropFirst()),
            let size = Address(hexadecimal: place[slash...].dropFirst())
        else { return nil }
        name = String(decoding: place[..<plus], as: UTF8.self)
        guard !name.isEmpty, !KernelMark.isEnd(name: name) else { return nil }
        (self.offset, self.size) = (offset.rawValue, size.rawValue)
        let rest = text[end...].dropFirst()
        module = rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
    }
}
