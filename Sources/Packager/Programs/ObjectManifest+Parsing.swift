extension ObjectManifest {
    /// Reads `programs`, `maps` and `parameters` of a manifest.
    ///
    /// - Throws: `Fault` if one makes no sense, or names what is not there.
    init(_ table: inout ManifestTable) throws(ManifestTable.Fault) {
        var programs: [ManifestProgram] = []
        for var program in try table.tablesIfThere("programs") {
            programs.append(try ManifestProgram(&program))
        }
        var maps: [ManifestMap] = []
        for var map in try table.tablesIfThere("maps") { maps.append(try ManifestMap(&map)) }
        var parameters: [ManifestParameter] = []
        for var parameter in try table.tablesIfThere("parameters") {
            parameters.append(try ManifestParameter(&parameter))
        }
        self.init(programs: programs, maps: maps, parameters: parameters)
        try check()
    }

    private func check() throws(ManifestTable.Fault) {
        guard !programs.isEmpty else { throw ManifestTable.Fault("programs are to be named") }
        try Self.checkDistinct(programs.map(\.name), "programs")
        try Self.checkDistinct(maps.map(\.name), "maps")
        try Self.checkDistinct(parameters.map(\.name), "parameters")
        try checkLosses()
        try checkAlternatives()
        try checkPlaceholders()
    }

    private static func checkDistinct(
        _ names: [String], _ key: String
    ) throws(ManifestTable.Fault) {
        var seen: Set<String> = []
        for (index, name) in names.enumerated() where !seen.insert(name).inserted {
            throw ManifestTable.Fault("\(key)[\(index)].name: \(name) is there already")
        }
    }

    private func checkLosses() throws(ManifestTable.Fault) {
        for (index, map) in maps.enumerated() {
            guard let lost = map.lost else { continue }
            guard maps.contains(where: { $0.name == lost && $0.style == .losses }) else {
                throw ManifestTable.Fault(
                    "maps[\(index)].lost: no map \(lost) is printed as losses")
            }
        }
    }

    private func checkAlternatives() throws(ManifestTable.Fault) {
        for (index, program) in programs.enumerated() {
            guard let other = program.alternativeTo else { continue }
            guard let first = programs[..<index].first(where: { $0.name == other }) else {
                throw ManifestTable.Fault(
                    "programs[\(index)].unless: no program before it is called \(other)")
            }
            guard !first.isRequired else {
                throw ManifestTable.Fault(
                    "programs[\(index)].unless: \(other) is required; say required = false there")
            }
        }
    }

    private func checkPlaceholders() throws(ManifestTable.Fault) {
        var unused = Set(
            parameters.filter { $0.destination == nil && $0.kind != .process }.map(\.name))
        for (index, program) in programs.enumerated() {
            for name in program.places.flatMap(\.placeholders) {
                guard parameters.contains(where: { $0.name == name }) else {
                    throw ManifestTable.Fault(
                        "programs[\(index)].attach: there is no parameter \(name)")
                }
                unused.remove(name)
            }
        }
        if let index = parameters.firstIndex(where: { unused.contains($0.name) }) {
            throw ManifestTable.Fault(
                "parameters[\(index)] goes nowhere; give it a variable, a map or a place in attach")
        }
    }
}
