/// The formats of profiles, by the names that `--from` and `--to` know.
package enum ProfileFormat: String, Sendable, CaseIterable {
    /// `root;caller;function COUNT` lines.
    case folded
    /// The output of `perf script`.
    case perf
    /// The maps bpftrace prints at its end.
    case bpftrace
    /// What DTrace's `stack()` and `ustack()` aggregations print.
    case dtrace
    /// The call graph of macOS's `sample`.
    case sample
    /// What `go tool pprof -raw` prints.
    case go
    /// pprof's protocol buffer, compressed or not.
    case pprof
    /// speedscope's own JSON.
    case speedscope
    /// Our JSON, `uprof.profile/1`.
    case json
    /// OpenTelemetry's profiles as a protocol buffer.
    case otlp
    /// OpenTelemetry's profiles as JSON.
    case otlpJSON = "otlp-json"
    /// A table of functions.
    case csv

    /// The formats that can be read.
    package static var readable: [ProfileFormat] { allCases.filter(\.isReadable) }
    /// The formats that can be written.
    package static var writable: [ProfileFormat] { allCases.filter { !$0.fileExtensions.isEmpty } }

    /// Whether it can be read.
    package var isReadable: Bool { self != .otlp && self != .otlpJSON && self != .csv }

    /// The ends of file names that stand for it when it is written; none if it is only read.
    package var fileExtensions: [String] {
        switch self {
        case .folded: [".folded", ".collapsed"]
        case .perf: [".perf", ".perf.txt"]
        case .pprof: [".pb.gz", ".pprof", ".pb"]
        case .speedscope: [".speedscope.json", ".speedscope"]
        case .json: [".json"]
        case .otlp: [".otlp"]
        case .otlpJSON: [".otlp.json"]
        case .csv: [".csv"]
        case .bpftrace, .dtrace, .sample, .go: []
        }
    }

    /// What it is called in a sentence.
    package var title: String {
        switch self {
        case .folded: "folded stacks"
        case .perf: "the output of perf script"
        case .bpftrace: "the output of bpftrace"
        case .dtrace: "the output of DTrace"
        case .sample: "the output of sample"
        case .go: "the output of go tool pprof -raw"
        case .pprof: "a pprof profile"
        case .speedscope: "a speedscope profile"
        case .json: "a profile in uprof's JSON"
        case .otlp, .otlpJSON: "an OTLP profile"
        case .csv: "a table of functions"
        }
    }

    /// The format the end of a path stands for; the longest one decides.
    package init?(path: String) {
        let candidates = Self.allCases.flatMap { format in
            format.fileExtensions.map { (format, $0) }
        }
        let found = candidates.filter { path.hasSuffix($0.1) }.max { $0.1.count < $1.1.count }
        guard let found else { return nil }
        self = found.0
    }
}
