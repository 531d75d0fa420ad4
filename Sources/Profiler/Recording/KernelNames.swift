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
        var last: (range: Range<UInt64>, frame: Frame)?
        for address in addresses.sorted() {
            if let last, last.range.contains(address.rawValue) {
                frames[address] = last.frame
                continue
            }
            switch query?.answer(for: address) {
            case .function(let function):
                let frame = Frame(
                    function.name, module: function.module ?? Self.kernel, kind: .kernel)
                frames[address] = frame
                let start = address.rawValue &- function.offset
                last = (start..<max(start &+ function.size, start), frame)
            case .nothing: break
            case .refused, nil: unanswered.append(address)
            }
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
