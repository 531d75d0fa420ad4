package import Symbolizer
package import SystemPackage

/// From patterns and the modules of processes to functions to be probed.
///
/// Modules are looked at as they come, those of the start and those that are loaded later; a
/// function has one id in all processes.
package struct ProbePlanner {
    private let patterns: [FunctionPattern]
    private let policy: ReturnProbePolicy
    private let limit: Int
    private var modules: [FileIdentity: ModuleFunctions] = [:]
    /// Modules that failed: once is enough to say so.
    private var failed: Set<FileIdentity> = []
    private var matched: Set<Int> = []

    /// All functions to be probed; the index is the id.
    package private(set) var probes: [FunctionProbe] = []
    /// The functions that were meant and are not probed.
    package private(set) var refusals: [ProbeRefusal] = []

    /// Plans for some patterns.
    package init(patterns: [FunctionPattern], policy: ReturnProbePolicy, limit: Int) {
        self.patterns = patterns
        self.policy = policy
        self.limit = limit
    }

    /// A module as the planner is shown it.
    package struct Module {
        /// The file.
        package let file: FileIdentity
        /// Its path as the process sees it.
        package let path: String
        /// A path it can be opened by.
        package let openPath: FilePath?

        /// Describes a module.
        package init(file: FileIdentity, path: String, openPath: FilePath?) {
            self.file = file
            self.path = path
            self.openPath = openPath
        }

        /// The last part of the path.
        var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    }

    /// The functions to be probed in a module.
    ///
    /// - Throws: The first time, `ELFError` if the module cannot be read, `AttachError` if the
    ///   functions are more than allowed.
    package mutating func probes(in module: Module) throws -> [FunctionProbe] {
        if let known = modules[module.file] { return known.probes }
        if failed.contains(module.file) { return [] }
        let wanted = patterns.indices.filter { patterns[$0].includes(modulePath: module.path) }
        guard !wanted.isEmpty, let path = module.openPath else { return [] }
        failed.insert(module.file)
        let image = try ELFImage(path: path, name: module.path)
        var functions = ModuleFunctions(image: image, catalog: FunctionCatalog(of: image))
        functions.matches = try plan(wanted, in: functions, module)
        modules[module.file] = functions
        failed.remove(module.file)
        for match in functions.matches {
            switch match.outcome {
            case .probe(let probe): probes.append(probe)
            case .refusal(let refusal): refusals.append(refusal)
            }
        }
        return functions.probes
    }

    private mutating func plan(
        _ wanted: [Int], in functions: ModuleFunctions, _ module: Module
    ) throws(AttachError) -> [ModuleFunctions.Match] {
        var found: [Function] = []
        var addresses: Set<Address> = []
        for index in wanted {
            let matches = patterns[index].functions(in: functions.catalog)
            if !matches.isEmpty { matched.insert(index) }
            found += matches.filter { addresses.insert($0.address).inserted }
        }
        let (count, limit) = (probes.count + refusals.count + found.count, self.limit)
        guard count <= limit else { throw .tooManyFunctions(count, limit: limit) }
        found.sort { $0.address < $1.address }
        let returns = ReturnSitePlanner(
            image: functions.image, catalog: functions.catalog, policy: policy)
        var nextID = probes.count
        return zip(found, Self.displayNames(of: found)).map { function, name in
            let outcome = self.outcome(for: function, name, id: nextID, returns, module)
            if case .probe = outcome { nextID += 1 }
            return ModuleFunctions.Match(function: function, name: name, outcome: outcome)
        }
    }

    private func outcome(
        for function: Function, _ name: String, id: Int, _ returns: ReturnSitePlanner,
        _ module: Module
    ) -> ModuleFunctions.Outcome {
        do {
            let sites = try returns.sites(for: function)
            return .probe(
                FunctionProbe(
                    id: id, name: name, module: module.name, image: module.file,
                    entry: sites.entry, returns: sites.returns))
        } catch {
            return .refusal(
                ProbeRefusal(
                    function: name, module: module.name, reason: error.reason,
                    isFragment: error.isFragment))
        }
    }

    /// Every function of a module that is meant, with what is done with it.
    func matches(in file: FileIdentity) -> [ModuleFunctions.Match] {
        modules[file]?.matches ?? []
    }

    /// Names without parameters, unless that makes two functions the same.
    private static func displayNames(of functions: [Function]) -> [String] {
        let short = functions.map { function in
            Demangler.baseName(function.name) ?? function.name
        }
        var uses: [String: Int] = [:]
        for (function, name) in zip(functions, short)
        where function.probeability != .entryOnly(.notCalled) {
            uses[name, default: 0] += 1
        }
        return zip(functions, short).map { function, name in
            uses[name, default: 0] > 1 ? function.displayName : name
        }
    }

    /// Checks that the patterns have found something.
    ///
    /// - Parameters:
    ///   - place: Where it was looked for, for the message.
    ///   - modulePaths: The modules there are.
    /// - Returns: Why each pattern that matches nothing does not, where others do match: a library
    ///   loaded later may have it.
    /// - Throws: `AttachError` if no pattern matches anything, or all that match is refused.
    package func checkMatches(
        in place: String, modulePaths: [String]
    ) throws(AttachError) -> [AttachError] {
        let failures = patterns.indices.filter { !matched.contains($0) }.map { index in
            failure(of: patterns[index], in: place, modulePaths: modulePaths)
        }
        if matched.isEmpty, let first = failures.first { throw first }
        if probes.isEmpty { throw .nothingToProbe(refusals) }
        return failures
    }

    private func failure(
        of pattern: FunctionPattern, in place: String, modulePaths: [String]
    ) -> AttachError {
        guard let library = pattern.library,
            !modulePaths.contains(where: pattern.includes(modulePath:))
        else { return notFound(pattern, in: place) }
        let names = modulePaths.map { path in
            library.contains("/") ? path : path.split(separator: "/").last.map(String.init) ?? path
        }
        return .moduleNotFound(pattern: pattern.text, modules: names)
    }

    private func notFound(_ pattern: FunctionPattern, in place: String) -> AttachError {
        guard case .exact(let name) = pattern.matcher else {
            return .functionNotFound(
                pattern: pattern.text, place: place, nearest: [], explanation: stripped)
        }
        let candidates = modules.values.sorted { $0.image.name < $1.image.name }
        let findings = candidates.compactMap { $0.catalog.finding(forName: name) }
        // Any other finding says more than "is imported".
        let finding =
            findings.first { if case .imported = $0 { false } else { true } } ?? findings.first
        let nearest = candidates.flatMap { $0.catalog.nearestNames(to: name, limit: 3) }
        return .functionNotFound(
            pattern: pattern.text, place: place, nearest: Array(nearest.prefix(3)),
            explanation: finding.map { "it \($0.explanation)" } ?? stripped)
    }

    /// Said where a program that was searched has no symbols: they may have been in there.
    private var stripped: String? {
        let names = modules.values.filter { $0.catalog.isEmpty && $0.image.isProgram }
            .map { $0.image.name.split(separator: "/").last.map(String.init) ?? "" }
        guard let name = names.min() else { return nil }
        return "\(name) has no symbols; use a build that is not stripped, or install its "
            + "debug symbols"
    }
}
