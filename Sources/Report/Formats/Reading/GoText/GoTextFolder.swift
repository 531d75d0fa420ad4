internal import Bytes

/// Reads what `go tool pprof -raw` prints: samples as numbers of locations, then their functions.
///
/// The first of a sample's values is counted. Functions inlined at a location are on lines of
/// their own below it, the innermost first.
struct GoTextFolder: LineFolder {
    private enum Part {
        case header
        case samples
        case locations
        case rest
    }

    private(set) var stacks = StackCounter()
    private var part = Part.header
    private var samples: [(locations: [UInt64], count: StackCount)] = []
    private var functions: [UInt64: [[UInt8]]] = [:]  // innermost first
    private var location: UInt64?

    mutating func read(_ line: Span<UInt8>) {
        let text = line.trimmed()
        guard text.count > 0 else { return }
        switch part {
        case .header:
            if text.starts(with: "Samples:") { part = .samples }
        case .samples:
            if text.starts(with: "Locations") { part = .locations } else { readSample(text) }
        case .locations:
            if text.starts(with: "Mappings") { part = .rest } else { readLocation(text) }
        case .rest: break
        }
    }

    mutating func finish() {
        for sample in samples {
            let names = sample.locations.reversed().flatMap { location in
                functions[location]?.reversed() ?? [Array(String(location).utf8)]
            }
            stacks.add(names.map { stacks.name($0.span.bytes) }, sample.count)
        }
        samples = []
    }

    /// `VALUE [VALUE…]: LOCATION LOCATION…`; lines of labels and titles are others.
    private mutating func readSample(_ text: Span<UInt8>) {
        guard let colon = text.first(of: ": "), ASCII.isDigit(text[0]) else { return }
        let first = text.skip(ASCII.isDigit, from: 0)
        guard let count = StackCount(text.extracting(..<first).bytes) else { return }
        let locations = text.extracting((colon + 2)...).bytes.text.split(separator: " ")
        samples.append((locations.compactMap { UInt64($0) }, count))
    }

    /// `NUMBER: 0xADDRESS M=1 FUNCTION FILE:LINE s=LINE`, or `FUNCTION FILE:LINE s=LINE`.
    private mutating func readLocation(_ text: Span<UInt8>) {
        var words = text.bytes.text.split(separator: " ").map(String.init)[...]
        if let number = words.first, number.last == ":", let id = UInt64(number.dropLast()) {
            location = id
            functions[id] = []
            words = words.dropFirst(2)
            if words.first?.hasPrefix("M=") == true { words = words.dropFirst() }
        }
        guard let location, let name = Self.name(Array(words)) else { return }
        functions[location, default: []].append(Array(name.utf8))
    }

    /// The words before the place in the source: names can hold spaces.
    private static func name(_ words: [String]) -> String? {
        guard words.count > 2, words.last?.hasPrefix("s=") == true else { return words.first }
        return words.dropLast(2).joined(separator: " ").replacing(";", with: ":")
    }
}
