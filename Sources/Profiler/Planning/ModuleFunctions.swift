internal import Symbolizer

/// The functions of one image that are meant, read once however many processes map it.
struct ModuleFunctions {
    let image: ELFImage
    let catalog: FunctionCatalog
    /// The functions the patterns mean, in the order of their addresses.
    var matches: [Match] = []

    /// The functions to be probed.
    var probes: [FunctionProbe] {
        matches.compactMap { match in
            if case .probe(let probe) = match.outcome { probe } else { nil }
        }
    }

    /// A function that is meant.
    struct Match {
        let function: Function
        /// Its name as shown.
        let name: String
        let outcome: Outcome
    }

    /// What is done with a function.
    enum Outcome {
        case probe(FunctionProbe)
        case refusal(ProbeRefusal)
    }
}
