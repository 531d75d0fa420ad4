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
    private var frames: [Address: Frame] = [:]
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
            if let known = functions.frame(at: address) {
                frames[address] = known
                continue
            }
            switch query?.answer(for: address) {
            case .function(let function):
                let frame = Frame(
                    function.name, module: function.module ?? Self.kernel, kind: .kernel)
                frames[address] = frame
                functions.add(frame, at: address, function)
            case .nothing: break
            case .refused, nil: unanswered.append(address)
            }
        }
        functions.forgetLast()
    }

    /// The functions the kernel has told of.
    private struct Functions {
        /// Those of the kernel itself, in the order of their addresses.
        private var lasting: [(range: Range<UInt64>, frame: Frame)] = []
        /// The last one. If it was loaded, another one may soon be there.
        private var last: (range: Range<UInt64>, frame: Frame)?

        func frame(at address: Address) -> Frame? {
            if let last, last.range.contains(address.rawValue) { return last.frame }
            let index = index(of: address.rawValue)
            guard index < lasting.count, lasting[index].range.contains(address.rawValue) else {
                return nil
            }
            return lasting[index].frame
        }

        mutating func add(_ frame: Frame, at address: Address, _ function: KernelNameQuery.Function) {
            let start = address.rawValue &- function.offset
            let range = start..<max(start &+ function.size, start)
            last = (range, frame)
            if function.module == nil { lasting.insert((range, frame), at: index(of: start)) }
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
            frames[address] = Frame(
                function.name, module: resolved.module ?? "", kind: .kernel)
        }
        unanswered = []
    }

    /// The frame of an address.
    func frame(at address: Address) -> Frame {
        var frame = frames[address] ?? Frame("[unknown]", module: Self.kernel, kind: .kernel)
        frame.address = address.rawValue
        return frame
    }

    private static let kernel = "[kernel]"
}
