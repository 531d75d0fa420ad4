internal import Bytes

/// Names of a frame line as they are in folded stacks: one, or more where functions are inlined
/// (`outer->inner`).
struct PerfFrameNames {
    private let options: PerfScriptOptions

    init(_ options: PerfScriptOptions) {
        self.options = options
    }

    /// The names, the outermost first; none for what is no frame.
    func names(
        function: [UInt8], module: [UInt8], address: [UInt8], isJava: Bool
    ) -> [[UInt8]] {
        guard function.first != UInt8(ascii: "(") else { return [] }
        var names: [[UInt8]] = []
        for part in Self.chain(function) {
            var name = part
            if name == Array("[unknown]".utf8) { name = unknown(module: module, address: address) }
            name = Self.tidy(name)
            if isJava, name.contains(UInt8(ascii: "/")), name.first == UInt8(ascii: "L") {
                name.removeFirst()
            }
            mark(&name, module: module, isInlined: !names.isEmpty)
            names.append(name)
        }
        return names
    }

    /// The parts between `->`; empty ones at the end do not count.
    static func chain(_ function: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var index = 0
        while index < function.count {
            if function[index...].starts(with: "->".utf8) {
                parts.append([])
                index += 2
            } else {
                parts[parts.count - 1].append(function[index])
                index += 1
            }
        }
        while parts.last?.isEmpty == true { parts.removeLast() }
        return parts
    }

    /// The module stands for a function without a name.
    private func unknown(module: [UInt8], address: [UInt8]) -> [UInt8] {
        let isNamed = module != Array("[unknown]".utf8)
        let base =
            isNamed
            ? module.split(
                separator: UInt8(ascii: "/"),
                omittingEmptySubsequences: false
            ).last.map(Array.init) ?? [] : Array("unknown".utf8)
        let place = options.includesAddresses ? Array(" <".utf8) + address + Array(">".utf8) : []
        return Array("[".utf8) + base + place + Array("]".utf8)
    }

    /// Without arguments, quotes and `;`. What is behind a parenthesis is an argument, except in
    /// names of Go's methods, as `net/http.(*Client).Do`, and of C++'s anonymous namespaces.
    static func tidy(_ name: [UInt8]) -> [UInt8] {
        var name = name.map { $0 == UInt8(ascii: ";") ? UInt8(ascii: ":") : $0 }
        if !isGoMethod(name) {
            var index = 0
            while index < name.count {
                if name[index] == UInt8(ascii: "("),
                    !name[(index + 1)...].starts(with: "anonymous namespace)".utf8)
                {
                    name.removeSubrange(index...)
                }
                index += 1
            }
        }
        name.removeAll { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
        return name
    }

    private static func isGoMethod(_ name: [UInt8]) -> Bool {
        guard name.contains(UInt8(ascii: "(")) else { return false }
        let span = name.span
        guard let open = span.first(of: ".(") else { return false }
        return span.extracting((open + 2)...).first(of: ").") != nil
    }

    private func mark(_ name: inout [UInt8], module: [UInt8], isInlined: Bool) {
        let module = module.span
        if isInlined {
            append("_[i]", to: &name)
        } else if options.marksKernel, module.starts(with: "[") || module.ends(with: "vmlinux"),
            module.first(of: "unknown") == nil
        {
            name += "_[k]".utf8
        } else if options.marksJIT, Self.isPerfMap(module) {
            append("_[j]", to: &name)
        }
    }

    private func append(_ mark: StaticString, to name: inout [UInt8]) {
        guard name.span.first(of: mark) == nil else { return }
        name += mark.description.utf8
    }

    /// `/tmp/perf-PID.map`, which run-time compilers write.
    static func isPerfMap(_ module: Span<UInt8>) -> Bool {
        guard let start = module.first(of: "/tmp/perf-") else { return false }
        let digits = start + "/tmp/perf-".utf8.count
        let end = module.skip(ASCII.isDigit, from: digits)
        return end > digits && module.hasText(".map", at: end)
    }
}
