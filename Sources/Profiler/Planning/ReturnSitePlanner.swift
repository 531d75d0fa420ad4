internal import Bytes
internal import Symbolizer

/// Decides for the functions of one image how the ends of their calls are seen.
struct ReturnSitePlanner {
    private let image: ELFImage
    private let catalog: FunctionCatalog
    private let policy: ReturnProbePolicy
    private let exceptionsPass: Bool

    /// Looks at what an image is linked with.
    init(image: ELFImage, catalog: FunctionCatalog, policy: ReturnProbePolicy) {
        self.image = image
        self.catalog = catalog
        self.policy = policy
        exceptionsPass =
            policy == .automatic
            && ReturnProbeHazard.exceptionsPassThrough(
                neededLibraries: image.neededLibraries,
                definesOrImports: { name in
                    !catalog.functions(named: name).isEmpty || catalog.finding(forName: name) != nil
                })
    }

    /// Where a function is entered in the file, and how the end of a call is seen.
    ///
    /// - Throws: `Refusal` if there is no way that leaves the program as it is.
    func sites(
        for function: Function
    ) throws(Refusal) -> (entry: FileOffset, returns: FunctionProbe.ReturnSites) {
        guard let entry = function.fileOffset else {
            throw Refusal(reason: "its address is in no part of the file")
        }
        return (entry, try returns(of: function))
    }

    private func returns(of function: Function) throws(Refusal) -> FunctionProbe.ReturnSites {
        var isHazardous = ReturnProbeHazard.applies(toFunctionNamed: function.names)
        switch function.probeability {
        case .notProbeable(let obstacle): throw Refusal(reason: "\(obstacle)")
        case .entryOnly(.returnsTwice): isHazardous = true
        case .entryOnly(let hazard):
            throw Refusal(reason: "\(hazard)", isFragment: hazard == .notCalled)
        case .probeable: break
        }
        guard policy != .trampoline else { return .trampoline }
        guard exceptionsPass || isHazardous || policy == .exits else { return .trampoline }
        do {
            let exits = try exitSites(of: function)
            // Nothing it calls can throw through it, and nothing looks at its stack.
            if !exits.makesCalls, !isHazardous, policy == .automatic { return .trampoline }
            return .exits(
                exits.sites.compactMap { site in
                    image.fileOffset(of: Address(site.address)).map {
                        FunctionProbe.ExitProbe(offset: $0, kind: site.kind)
                    }
                })
        } catch {
            throw Refusal(
                reason: "its returns cannot be told (\(error)), and a changed return address "
                    + "would break exceptions; --returns trampoline probes it all the same")
        }
    }

    /// Why a function gets no probe.
    struct Refusal: Error {
        let reason: String
        var isFragment = false
    }

    private func exitSites(of function: Function) throws(ExitSites.Failure) -> ExitSites {
        guard image.machine == .x86_64 else { throw .unsupportedMachine }
        let parts = [function] + coldParts(of: function)
        let index = catalog.index
        var sites = ExitSites(
            entry: function.address.rawValue,
            parts: parts.map { $0.address.rawValue..<$0.address.rawValue &+ $0.size },
            isFunction: { address in
                guard case .function(_, offset: 0) = index.lookup(Address(address)) else {
                    return false
                }
                return true
            })
        for part in parts {
            guard part.size > 0 else { throw .unknownSize }
            guard let offset = part.fileOffset,
                let code = try? image.file.bytes.slice(at: offset.rawValue, count: part.size)
            else { throw .undecodable(address: part.address.rawValue) }
            try sites.add(code: code, at: part.address.rawValue)
        }
        for _ in 0..<Self.mostHiddenParts {
            guard let address = sites.takeEscape() else { break }
            try addHiddenPart(at: address, to: &sites)
        }
        return sites
    }

    /// Looks at code without a symbol that a function jumps to: a `.cold` part of a stripped file.
    private func addHiddenPart(
        at address: UInt64, to sites: inout ExitSites
    ) throws(ExitSites.Failure) {
        guard image.isExecutable(Address(address)),
            let offset = image.fileOffset(of: Address(address))?.rawValue
        else { return }
        let count = min(Self.longestHiddenPart, UInt64(image.file.bytes.byteCount) - offset)
        guard let code = try? image.file.bytes.slice(at: offset, count: count) else { return }
        try sites.addHidden(code: code, at: address)
    }

    private static let mostHiddenParts = 64
    private static let longestHiddenPart: UInt64 = 4096

    /// The parts of a function that the compiler has moved away.
    private func coldParts(of function: Function) -> [Function] {
        function.names.lazy.map { catalog.functions(named: $0 + ".cold") }
            .first { !$0.isEmpty } ?? []
    }
}

extension Function {
    /// All its names, the preferred one first.
    fileprivate var names: [String] { [name] + aliases }
}
