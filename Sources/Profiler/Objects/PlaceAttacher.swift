internal import LibBPF
internal import Symbolizer

/// Attaches programs of others, each to the first of its places that the kernel takes.
struct PlaceAttacher {
    /// The programs that run.
    private(set) var attached: [String] = []
    /// What is to be said: what was used instead of what, and why.
    private(set) var notes: [String] = []

    private let finder: FunctionFinder
    /// Where each program was found to have no place, before anything was loaded.
    private var failures: [String: [(place: String, reason: String)]] = [:]
    private var candidates: [String: [Candidate]] = [:]

    /// A place that could do.
    private struct Candidate {
        let place: ProgramPlace
        let sites: [UprobeSite]
    }

    /// Looks for the places of programs, without attaching anything yet.
    init(_ programs: [ObjectProgram], process: ProcessID?) {
        finder = FunctionFinder(process: process)
        for program in programs {
            for place in program.places { look(at: place, for: program.name) }
        }
    }

    /// Whether a program has a place; the others need not be loaded.
    func canRun(_ program: String) -> Bool { candidates[program]?.isEmpty == false }

    /// Attaches a program.
    ///
    /// - Throws: `ObjectError.notAttached` if it is required, and has no place.
    mutating func attach(
        _ program: ObjectProgram, of object: borrowing BPFObject, _ links: inout BPFLinks
    ) throws(ObjectError) {
        if let other = program.alternativeTo, attached.contains(other) { return }
        for candidate in candidates[program.name] ?? [] {
            do throws(BPFError) {
                var added = BPFLinks()
                try Self.attach(program.name, of: object, to: candidate, &added)
                links.append(added)
                attached.append(program.name)
                noteChoice(of: candidate.place, for: program)
                return
            } catch {
                failures[program.name, default: []].append(
                    ("\(candidate.place)", "\(error)"))
            }
        }
        let attempts = failures[program.name] ?? []
        if program.isRequired { throw .notAttached(program: program.name, attempts) }
        let reasons = attempts.map { "\($0.place): \($0.reason)" }.joined(separator: "; ")
        notes.append("the program \(program.name) does not run: \(reasons)")
    }

    /// Checks that all that is required has a place, before anything is loaded.
    ///
    /// - Throws: `ObjectError.notAttached` if not.
    func check(_ programs: [ObjectProgram]) throws(ObjectError) {
        for program in programs where program.isRequired && !canRun(program.name) {
            if let other = program.alternativeTo, canRun(other) { continue }
            throw .notAttached(program: program.name, failures[program.name] ?? [])
        }
    }

    private mutating func noteChoice(of place: ProgramPlace, for program: ObjectProgram) {
        for (failed, reason) in failures[program.name] ?? [] {
            notes.append("\(program.name): \(failed) cannot be used: \(reason)")
        }
        let isAlternative = program.alternativeTo != nil
        guard isAlternative || failures[program.name] != nil else { return }
        notes.append(
            "\(program.name) runs at \(place) instead"
                + (program.alternativeTo.map { ", in place of \($0)" } ?? ""))
    }

    private mutating func look(at place: ProgramPlace, for program: String) {
        do {
            let sites = try sites(of: place)
            candidates[program, default: []].append(Candidate(place: place, sites: sites))
        } catch {
            failures[program, default: []].append(("\(place)", "\(error)"))
        }
    }

    private func sites(of place: ProgramPlace) throws -> [UprobeSite] {
        let problem: String?
        switch place {
        case .tracepoint(let category, let name):
            problem = KernelEvents.problem(ofTracepoint: name, in: category)
        case .rawTracepoint: problem = KernelEvents.problemOfRawTracepoints
        case .kernelFunction: problem = KernelEvents.problemOfKernelFunctions
        case .function(let file, let name, let atReturn):
            problem = KernelEvents.problemOfFunctions
            if problem == nil {
                return try finder.sites(file: file, function: name, atReturn: atReturn)
            }
        case .sample: problem = nil
        }
        if let problem { throw ObjectError.unavailable(problem) }
        return []
    }

    private static func attach(
        _ name: String, of object: borrowing BPFObject, to candidate: Candidate,
        _ links: inout BPFLinks
    ) throws(BPFError) {
        switch candidate.place {
        case .tracepoint(let category, let event):
            try links.attach(name, of: object, toTracepoint: event, in: category)
        case .rawTracepoint(let event):
            try links.attach(name, of: object, toRawTracepoint: event)
        case .kernelFunction(let function, let atReturn):
            try links.attach(name, of: object, toKernelFunction: function, atReturn: atReturn)
        case .function:
            for site in candidate.sites { try links.attach(name, of: object, to: site) }
        case .sample(let frequency):
            try links.attachSampling(name, of: object, clock: .cpuClock, frequency: frequency)
        }
    }
}
