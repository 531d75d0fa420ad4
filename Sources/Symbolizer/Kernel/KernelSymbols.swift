/// The functions of the kernel and its modules, as `/proc/kallsyms` lists them.
///
/// Names stay in the text; an entry is a number of 12 bytes. Time and memory are in proportion
/// to the text, of which at most ``largestText`` bytes are read.
package struct KernelSymbols: Sendable {
    /// Bytes of the text that are read at most; a kernel has some megabytes of it.
    package static let largestText = 256 << 20

    private let text: [UInt8]
    /// In their order, no two the same.
    private let addresses: [UInt64]
    /// Where in the text the name of each address is; ``noName`` for one that ends a function.
    private let names: [UInt32]

    static let noName = UInt32.max

    /// Reads the text of the file.
    ///
    /// - Throws: ``KernelSymbolsError`` if it has no addresses or no symbols.
    package init(parsing text: [UInt8]) throws(KernelSymbolsError) {
        var builder = KernelSymbolsBuilder(text: text)
        builder.parse()
        guard builder.lineCount > 0 else { throw .empty }
        guard builder.hasAddresses else { throw .hidden }
        builder.sort()
        self.text = text
        addresses = builder.addresses
        names = builder.names
    }

    /// How many addresses have names.
    package var count: Int { names.reduce(0) { $0 + ($1 == Self.noName ? 0 : 1) } }

    /// The name of an address of the kernel, its module `[kernel]` or that of a module of it,
    /// `[ext4]`.
    ///
    /// A function ends where the next symbol is. The last one of a module ends with its page:
    /// modules have pages of their own, and what lies between two is nobody's.
    package func frame(for address: Address) -> ResolvedFrame {
        guard let index = lastIndex(atOrBefore: address.rawValue), names[index] != Self.noName,
            address.rawValue < end(of: index)
        else {
            return ResolvedFrame(
                address: address, modulePath: Self.kernel, fileOffset: nil,
                name: .unknown(.betweenSymbols))
        }
        let start = addresses[index]
        let function = Function(
            name: name(at: index), aliases: [], address: Address(start),
            size: end(of: index) - start, fileOffset: nil, binding: .global, source: .kernel,
            probeability: .notProbeable(.notInFile))
        return ResolvedFrame(
            address: address, modulePath: module(at: index), fileOffset: nil,
            name: .function(function, offset: address.rawValue - start))
    }

    private static let kernel = "[kernel]"
    private static let pageSize: UInt64 = 4096

    private func end(of index: Int) -> UInt64 {
        let page = (addresses[index] | (Self.pageSize - 1))
        let pageEnd = page == .max ? page : page + 1
        guard index + 1 < addresses.count else { return pageEnd }
        let next = addresses[index + 1]
        guard names[index + 1] != Self.noName, module(at: index) != module(at: index + 1) else {
            return next
        }
        return min(next, pageEnd)
    }

    private func name(at index: Int) -> String {
        let start = Int(names[index])
        return String(
            decoding: text[start..<KernelSymbolsBuilder.wordEnd(text, start)], as: UTF8.self)
    }

    /// The word in brackets behind the name.
    private func module(at index: Int) -> String {
        guard names[index] != Self.noName else { return Self.kernel }
        let start = KernelSymbolsBuilder.wordEnd(text, Int(names[index])) + 1
        guard start < text.count, text[start - 1] != UInt8(ascii: "\n"),
            text[start] == UInt8(ascii: "[")
        else { return Self.kernel }
        return String(
            decoding: text[start..<KernelSymbolsBuilder.wordEnd(text, start)], as: UTF8.self)
    }

    private func lastIndex(atOrBefore address: UInt64) -> Int? {
        var (low, high) = (0, addresses.count)
        while low < high {
            let middle = low + (high - low) / 2
            if addresses[middle] <= address { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }
}
