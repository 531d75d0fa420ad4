/// The tables all profiles of an OTLP message share: `ProfilesDictionary` of
/// opentelemetry-proto 1.10, `opentelemetry/proto/profiles/v1development/profiles.proto`.
///
/// Each value is there once, and the first of each table is the zero value: 0 stands for none.
struct OTLPDictionary {
    /// A function, as numbers of strings.
    struct Function: Hashable {
        var name = 0
        var systemName = 0
        var file = 0
    }

    /// A part of a module in memory.
    struct Mapping: Hashable {
        var start: UInt64 = 0
        var limit: UInt64 = 0
        var fileOffset: UInt64 = 0
        var file = 0
        var attributes: [Int] = []
    }

    /// A function, and a line in it.
    struct Line: Hashable {
        var function: Int
        var line: UInt64
    }

    /// An instruction: its functions, the innermost first.
    struct Location: Hashable {
        var mapping = 0
        var address: UInt64 = 0
        var lines: [Line] = []
        var attributes: [Int] = []
    }

    /// A name with a value.
    struct Attribute: Hashable {
        /// A text or a number.
        enum Value: Hashable {
            case none
            case text(String)
            case number(Int64)
        }

        var key = 0
        var value = Value.none
        var unit = 0
    }

    private(set) var strings = OTLPTable("")
    private(set) var functions = OTLPTable(Function())
    private(set) var mappings = OTLPTable(Mapping())
    private(set) var locations = OTLPTable(Location())
    private(set) var stacks = OTLPTable([Int]())
    private(set) var attributes = OTLPTable(Attribute())

    /// The number of a string.
    mutating func string(_ string: String) -> Int { strings.number(of: string) }

    /// The number of a function.
    mutating func function(of frame: Frame) -> Int {
        let name = string(frame.name)
        let systemName = frame.linkageName.isEmpty ? name : string(frame.linkageName)
        return functions.number(
            of: Function(name: name, systemName: systemName, file: string(frame.file)))
    }

    /// The number of a mapping.
    mutating func mapping(_ mapping: Mapping) -> Int { mappings.number(of: mapping) }

    /// The number of a location.
    mutating func location(_ location: Location) -> Int { locations.number(of: location) }

    /// The number of a stack of locations, the leaf first.
    mutating func stack(_ locations: [Int]) -> Int { stacks.number(of: locations) }

    /// The number of an attribute.
    mutating func attribute(_ key: String, _ value: Attribute.Value, unit: String = "") -> Int {
        let key = string(key)
        return attributes.number(of: Attribute(key: key, value: value, unit: string(unit)))
    }
}

/// Values, each once; the first is the zero value.
struct OTLPTable<Element: Hashable> {
    private(set) var elements: [Element]
    private var numbers: [Element: Int]

    /// A table of the zero value alone.
    init(_ zero: Element) {
        elements = [zero]
        numbers = [zero: 0]
    }

    /// The number of a value.
    mutating func number(of element: Element) -> Int {
        if let number = numbers[element] { return number }
        numbers[element] = elements.count
        elements.append(element)
        return elements.count - 1
    }
}
