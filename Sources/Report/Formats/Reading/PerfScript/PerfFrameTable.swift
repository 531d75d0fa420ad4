internal import Bytes

/// The names of every frame line met: a line that is there again costs one look-up.
struct PerfFrameTable {
    private let options: PerfScriptOptions
    private let names: PerfFrameNames
    private let isJava: Bool
    private var keys = NameTable()
    private var chains: [[UInt32]] = []  // innermost first

    init(_ options: PerfScriptOptions, isJava: Bool) {
        self.options = options
        self.isJava = isJava
        names = PerfFrameNames(options)
    }

    /// Appends the frames of a line to a stack, the innermost first.
    @inline(__always)
    mutating func append(
        _ frame: PerfFrameLine, _ line: Span<UInt8>, to stack: inout [UInt32],
        _ stacks: inout StackCounter
    ) {
        if options.includesAddresses || options.inliner != nil {
            stack += chain(frame, line, &stacks)
            return
        }
        let key = keys.number(
            of: line.extracting(frame.function).bytes,
            line.extracting(frame.moduleWithParentheses).bytes)
        if key == chains.count { chains.append(chain(frame, line, &stacks)) }
        let chain = chains[key]
        if chain.count == 1 { stack.append(chain[0]) } else { stack += chain }
    }

    private func chain(
        _ frame: PerfFrameLine, _ line: Span<UInt8>, _ stacks: inout StackCounter
    ) -> [UInt32] {
        let module = line.extracting(frame.module)
        let address = line.extracting(frame.address)
        let function = line.extracting(
            frame.function.lowerBound..<frame.moduleWithParentheses.lowerBound)
        if let inlined = inlined(at: address, function, in: module) {
            return inlined.reversed().map { stacks.name(Array($0.utf8).span.bytes) }
        }
        let names = names.names(
            function: line.extracting(frame.function).array, module: module.array,
            address: address.array, isJava: isJava)
        return names.reversed().map { stacks.name($0.span.bytes) }
    }

    private func inlined(
        at address: Span<UInt8>, _ function: Span<UInt8>, in module: Span<UInt8>
    ) -> [String]? {
        guard let inliner = options.inliner, module.first(of: "[") == nil,
            module.first(of: "kernel.") == nil, !PerfFrameNames.isPerfMap(module)
        else { return nil }
        return inliner(address.bytes.text, function.bytes.text, module.bytes.text)
    }
}
