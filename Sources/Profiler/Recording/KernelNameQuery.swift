internal import CProbeObjects
internal import CUprofABI
internal import LibBPF
internal import Symbolizer

/// Asks the kernel itself what its functions are called (Linux 5.14).
final class KernelNameQuery {
    /// What the kernel calls a function.
    struct Name: Equatable {
        var function: String
        /// The module in brackets, `[ext4]`; nil if it is part of the kernel.
        var module: String?
    }

    /// What the kernel says of an address.
    enum Answer: Equatable {
        /// It is in a function.
        case function(Name)
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
            let text = String(decoding: words.prefix(Int(size) - 1), as: UTF8.self)
            return Name(text).map { .function($0) } ?? .nothing
        }
    }
}

extension KernelNameQuery.Name {
    /// Reads what `%ps` prints (Documentation/core-api/printk-formats.rst): a name and a module in
    /// brackets, or else the address. What marks the end of functions is no name.
    init?(_ text: String) {
        guard !text.hasPrefix("0x") else { return nil }
        let words = text.split(separator: " ", maxSplits: 1)
        guard let function = words.first.map(String.init), !KernelMark.isEnd(name: function) else {
            return nil
        }
        self.function = function
        module = words.dropFirst().first.map(String.init)
    }
}
