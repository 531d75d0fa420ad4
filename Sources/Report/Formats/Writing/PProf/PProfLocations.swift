/// From the frames of a profile to pprof's mappings, functions and locations.
///
/// A location is a frame of machine code with all that is inlined there.
struct PProfLocations {
    private struct ModuleKey: Hashable {
        var module: String
        var buildID: String
        var mapping: ModuleMapping?
    }

    /// A function, by the numbers of its strings.
    private struct Function: Equatable {
        var name: UInt64
        var linkageName: UInt64
        var file: UInt64

        var hash: UInt64 {
            ByteHash.mix(ByteHash.mix(ByteHash.mix(ByteHash.seed, name), linkageName), file)
        }
    }

    /// A mapping, and what is known about the code in it.
    private struct Mapping {
        var key: ModuleKey
        var limit: UInt64 = 0
        var hasFunctions = false
        var hasFiles = false
        var hasLines = false
        var hasInlines = false
    }

    private let profile: StackProfile
    private let isInlined: [Bool]
    private var mappings: [Mapping] = []
    private var mappingNumbers: [ModuleKey: Int] = [:]
    private var lastMapping: Int?
    private var functions: [Function] = []
    private var functionIndex = HashIndex()
    private var single: [UInt64]  // the location of each frame alone; 0 if there is none yet
    private var chains = ChainLocations()
    private var count: UInt64 = 0
    private var functionOf: [UInt64]
    // Used again and again.
    private var entry = ProtobufWriter()
    private var line = ProtobufWriter()
    /// Messages of all locations and functions so far, with their field numbers.
    private(set) var message = ProtobufWriter()
    /// The strings named in them.
    var strings = PProfStrings()

    /// No locations yet.
    init(_ profile: StackProfile) {
        self.profile = profile
        isInlined = profile.frames.map(\.isInlined)
        single = Array(repeating: 0, count: profile.frames.count)
        functionOf = Array(repeating: 0, count: profile.frames.count)
    }

    /// Finds the locations of a stack, the leaf first.
    mutating func find(_ stack: [Int], _ locations: inout [UInt64]) {
        locations.removeAll(keepingCapacity: true)
        var end = stack.count
        while end > 0 {
            var start = end - 1
            if !isInlined[stack[start]], single[stack[start]] != 0 {
                locations.append(single[stack[start]])
                end = start
                continue
            }
            while start > 0, isInlined[stack[start]] { start -= 1 }
            locations.append(location(of: stack[start..<end]))
            end = start
        }
    }

    /// The messages of all mappings.
    mutating func mappingMessages() -> ProtobufWriter {
        var writer = ProtobufWriter()
        for (index, mapping) in mappings.enumerated() {
            let known = mapping.key.mapping
            var entry = ProtobufWriter()
            entry.field(1, UInt64(index + 1))
            entry.field(2, known?.addresses.lowerBound ?? 0)
            entry.field(3, known?.addresses.upperBound ?? mapping.limit)
            entry.field(4, known?.fileOffset ?? 0)
            entry.field(5, strings.number(mapping.key.module))
            entry.field(6, strings.number(mapping.key.buildID))
            entry.field(7, mapping.hasFunctions ? 1 : 0)
            entry.field(8, mapping.hasFiles ? 1 : 0)
            entry.field(9, mapping.hasLines ? 1 : 0)
            entry.field(10, mapping.hasInlines ? 1 : 0)
            writer.field(3, entry)
        }
        return writer
    }

    private mutating func location(of chain: ArraySlice<Int>) -> UInt64 {
        let isAlone = chain.count == 1
        let first = chain[chain.startIndex]
        if isAlone, single[first] != 0 { return single[first] }
        if !isAlone, let number = chains.location(of: chain) { return number }
        count += 1
        write(chain)
        if isAlone { single[first] = count } else { chains.add(chain, location: count) }
        return count
    }

    private mutating func write(_ chain: ArraySlice<Int>) {
        let first = chain[chain.startIndex]
        let mapping = mapping(of: first, hasInlines: chain.count > 1 || isInlined[first])
        entry.removeAll()
        entry.field(1, count)
        entry.field(2, UInt64(mapping.map { $0 + 1 } ?? 0))
        entry.field(3, address(of: first, mapping) ?? 0)
        for index in chain.reversed() {
            let function = function(of: index)
            line.removeAll()
            line.field(1, function)
            line.field(2, profile.frames[index].line)
            entry.field(4, line)
        }
        message.field(4, entry)
    }

    private mutating func function(of index: Int) -> UInt64 {
        if functionOf[index] != 0 { return functionOf[index] }
        // Frames have many strings, all of which would be retained with a copy.
        let name = strings.number(profile.frames[index].name)
        let function = Function(
            name: name,
            linkageName: profile.frames[index].linkageName.isEmpty
                ? name : strings.number(profile.frames[index].linkageName),
            file: strings.number(profile.frames[index].file))
        let known = functionIndex.find(function.hash) { functions[$0] == function }
        let number = UInt64(known ?? functions.count) + 1
        functionOf[index] = number
        guard known == nil else { return number }
        functionIndex.insert(function.hash, functions.count)
        functions.append(function)
        write(function, number)
        return number
    }

    private mutating func write(_ function: Function, _ number: UInt64) {
        line.removeAll()
        line.field(1, number)
        line.field(2, function.name)
        line.field(3, function.linkageName)
        line.field(4, function.file)
        message.field(5, line)
    }

    private mutating func mapping(of frame: Int, hasInlines: Bool) -> Int? {
        var module = profile.frames[frame].module
        let buildID = profile.frames[frame].buildID
        let known = profile.frames[frame].address.flatMap { address in
            profile.mappings.first { $0.module == module && $0.addresses.contains(address) }
        }
        if module.isEmpty { module = Self.standIn(for: profile.frames[frame].kind) }
        guard !module.isEmpty || !buildID.isEmpty else { return nil }
        let index = number(of: ModuleKey(module: module, buildID: buildID, mapping: known))
        let address = profile.frames[frame].fileOffset ?? profile.frames[frame].address ?? 0
        mappings[index].limit = max(mappings[index].limit, Self.pageEnd(address))
        // What has a name needs none from the viewer, which may know another file of this path.
        if !mappings[index].hasFunctions {
            mappings[index].hasFunctions = !profile.frames[frame].name.hasPrefix("[unknown")
        }
        if !profile.frames[frame].file.isEmpty { mappings[index].hasFiles = true }
        if profile.frames[frame].line > 0 { mappings[index].hasLines = true }
        if hasInlines { mappings[index].hasInlines = true }
        return index
    }

    private mutating func number(of key: ModuleKey) -> Int {
        // Mostly that of the location before.
        if let lastMapping, mappings[lastMapping].key == key { return lastMapping }
        let index = mappingNumbers[key] ?? mappings.count
        if index == mappings.count {
            mappingNumbers[key] = index
            mappings.append(Mapping(key: key))
        }
        lastMapping = index
        return index
    }

    /// The address in the process where its mapping is known, else that in the module's file.
    private func address(of frame: Int, _ mapping: Int?) -> UInt64? {
        let isMapped = mapping.map { mappings[$0].key.mapping != nil } ?? true
        let address = profile.frames[frame].address
        return isMapped ? address : profile.frames[frame].fileOffset ?? address
    }

    private static func pageEnd(_ address: UInt64) -> UInt64 {
        let (end, overflow) = (address | 0xFFF).addingReportingOverflow(1)
        return overflow ? .max : end
    }

    /// pprof knows no kinds of frames: where there is no module, this one tells.
    private static func standIn(for kind: Frame.Kind) -> String {
        switch kind {
        case .kernel: "[kernel]"
        case .jit: "[jit]"
        case .user, .inlined, .truncated: ""
        }
    }
}
