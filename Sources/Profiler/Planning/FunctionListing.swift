package import Symbolizer
internal import SystemPackage

/// The functions of a target, with what can be done with them.
package struct FunctionListing {
    private let patterns: [FunctionPattern]

    /// Lists what some patterns mean.
    package init(patterns: [FunctionPattern]) {
        self.patterns = patterns
    }

    /// One function of one module.
    package struct Entry: CustomStringConvertible {
        /// Its address in the module's own terms.
        package let address: Address
        /// Its size in bytes; 0 if the symbol table does not tell.
        package let size: UInt64
        /// The base name of its module.
        package let module: String
        /// Its name as in the source.
        package let name: String
        /// Why it cannot be probed, or how it is.
        package let remark: String?

        package var description: String {
            let hex = String(address.rawValue, radix: 16)
            let padded = String(repeating: "0", count: max(0, 16 - hex.count)) + hex
            let remark = remark.map { "  [\($0)]" } ?? ""
            return "\(padded) \(size) \(module) \(name)\(remark)"
        }
    }

    /// The functions of a target, module by module in the order of their addresses.
    ///
    /// - Throws: `ProcessError`, `ELFError`, or `AttachError` if nothing matches.
    package func entries(of target: AttachTarget) throws -> [Entry] {
        var entries: [Entry] = []
        var planner = ProbePlanner(patterns: patterns, policy: .automatic, limit: .max)
        let modules = try Self.modules(of: target)
        for module in modules {
            do {
                _ = try planner.probes(in: module)
                entries += planner.matches(in: module.file).map { Entry($0, module: module.name) }
            } catch let error as ELFError where modules.count > 1 {
                _ = error  // One module among many: the others are still worth listing.
            }
        }
        if entries.isEmpty {
            _ = try planner.checkMatches(
                in: modules.first?.path ?? "the target", modulePaths: modules.map(\.path))
        }
        return entries
    }

    private static func modules(of target: AttachTarget) throws -> [ProbePlanner.Module] {
        switch target {
        case .binary(let path):
            _ = try ELFImage(path: path)
            guard let file = FileIdentity(path: path) else { return [] }
            return [ProbePlanner.Module(file: file, path: path.string, openPath: path)]
        case .processes(let ids):
            var seen: Set<FileIdentity> = []
            return try ids.flatMap { id in
                try ProcessSnapshot(of: id).images.compactMap { image in
                    seen.insert(image.file).inserted
                        ? ProbePlanner.Module(
                            file: image.file, path: image.path, openPath: image.openPath) : nil
                }
            }
        case .command:
            return []
        }
    }
}

extension FunctionListing.Entry {
    fileprivate init(_ match: ModuleFunctions.Match, module: String) {
        address = match.function.address
        size = match.function.size
        self.module = module
        name = match.function.displayName
        switch match.outcome {
        case .refusal(let refusal): remark = "not probed: \(refusal.reason)"
        case .probe(let probe): remark = Self.remark(on: probe.returns)
        }
    }

    private static func remark(on returns: FunctionProbe.ReturnSites) -> String? {
        guard case .exits(let exits) = returns else { return nil }
        return switch exits.count {
        case 0: "never returns: its calls are counted as left"
        case 1: "probed at its exit"
        case let count: "probed at its \(count) exits"
        }
    }
}
