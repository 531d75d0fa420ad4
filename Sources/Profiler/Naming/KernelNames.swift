internal import Report
internal import Symbolizer

/// The names of the kernel's functions.
///
/// The kernel itself is asked for each as it comes up: that takes some microseconds, and modules and BPF
/// programs come and go. What it does not answer is looked up in its list at the end, which takes a
/// thousand times as long to read.
struct KernelNames {
    private let mayAsk: Bool
    private var query: KernelNameQuery?
    private var isTried = false
    /// The frames of functions, of no address.
    private var frames: [Frame] = []
    private var numbers: [Address: Int] = [:]
    private var functions = Functions()
    private var unanswered: [Address] = []

    /// - Parameter mayAsk: Whether BPF may be used.
    init(mayAsk: Bool) {
        self.mayAsk = mayAsk
    }

    /// Has addresses named.
    mutating func ask(for addresses: [Address]) {
        guard !addresses.isEmpty else { return }
        if mayAsk, !isTried { query = try? KernelNameQuery() }
        isTried = true
        // In their order: those of one function come together, of which the first one is asked for.
        for address in addresses.sorted() {
            if let known = functions.number(at: address) {
                numbers[address] = known
                continue
            }
            switch query?.answer(for: address) {
            case .function(let function):
                functions.add(frames.count, at: address, function)
                add(function.name, function.module ?? Self.kernel, at: address)
            case .nothing: break
            case .refused, nil: unanswered.append(address)
            }
        }
        functions.forgetLast()
    }

    private mutating func add(_ name: String, _ module: String, at address: Address) {
        numbers[address] = frames.count
        frames.append(Frame(name, module: module, kind: .kernel))
    }

    /// The functions the kernel has told of, by number.
    private struct Functions {
        /// Those of the kernel itself, in the order of their addresses.
        private var lasting: [(range: Range<UInt64>, number: Int)] = []
        /// The last one. If it was loaded, another one may soon be there.
        private var last: (range: Range<UInt64>, number: Int)?

        func number(at address: Address) -> Int? {
            if let last, last.range.contains(address.rawValue) { return last.number }
            let index = index(of: address.rawValue)
            guard index < lasting.count, lasting[index].range.contains(address.rawValue) else {
                return nil
            }
            return lasting[index].number
        }

        mutating func add(_ number: Int, at address: Address, _ function: KernelNameQuery.Function)
        {
            let start = address.rawValue &- function.offset
            let range = start..<max(start &+ function.size, start)
            last = (range, number)
            if function.module == nil { lasting.insert((range, number), at: index(of: start)) }
        }

        mutating func forgetLast() { last = nil }

        private func index(of address: UInt64) -> Int {
            lasting.partitionPoint { $0.range.upperBound <= address }
        }
    }

    /// Names what the kernel has not answered, by its list.
    mutating func finish() {
        guard !unanswered.isEmpty, let symbols = try? KernelSymbols() else { return }
        for address in unanswered {
            let resolved = symbols.frame(for: address)
            guard case .function(let function, _) = resolved.name else { continue }
            add(function.name, resolved.module ?? "", at: address)
        }
        unanswered = []
    }

    /// The frame of an address.
    func frame(at address: Address) -> Frame {
        var frame =
            numbers[address].map { frames[$0] }
            ?? Frame("[unknown]", module: Self.kernel, kind: .kernel)
        frame.address = address.rawValue
        return frame
    }

    private static let kernel = "[kernel]"
}
