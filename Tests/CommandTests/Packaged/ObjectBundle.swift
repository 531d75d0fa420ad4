import Foundation
import TestSupport
import Testing

/// A bundle that runs an object of others, of `bpf/examples` or the like.
struct ObjectBundle {
    /// The bundle.
    let path: String

    /// The path of an example's object or manifest.
    static func example(_ file: String) -> String {
        let directory = file.hasSuffix(".o") ? "/bpf/build/examples/" : "/bpf/examples/"
        return TestTarget.packageDirectory + directory + file
    }

    /// Builds one of an example.
    init(_ name: String, in scratch: ScratchDirectory, _ options: [String] = []) async throws {
        path = scratch.file(name)
        let result = try await Self.build(
            object: Self.example("\(name).bpf.o"), manifest: Self.example("\(name).toml"),
            options + ["-o", path])
        try result.check()
    }

    /// Builds one of any object.
    init(object: String, manifest: String, at path: String) async throws {
        self.path = path
        try await Self.build(object: object, manifest: manifest, ["-o", path]).check()
    }

    /// Builds one, or tries.
    static func build(
        object: String, manifest: String, _ options: [String]
    ) async throws -> CommandResult {
        try await PackagedUprof.package(
            ["build", "--object", object, "--manifest", manifest] + options)
    }

    /// Runs it while something happens, and ends it.
    ///
    /// - Returns: What it has told.
    func run(
        _ options: [String], while body: () async throws -> Void
    ) async throws -> ObjectOutput {
        let process = try RunningProcess(path, ["--json"] + options)
        try await process.waitForLine("its start", on: .standardError) {
            $0.hasSuffix("Ctrl-C ends")
        }
        try await body()
        process.signal(SIGINT)
        return try ObjectOutput(try await process.waitForExit().check())
    }
}

/// What a bundle with an object of others tells as JSON.
struct ObjectOutput {
    /// What a field is.
    enum Value: Decodable, Equatable {
        case number(Int64)
        case text(String)
        case words([String])
        case numbers([Int64])
        case truth(Bool)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int64.self) {
                self = .number(number)
            } else if let numbers = try? container.decode([Int64].self) {
                self = .numbers(numbers)
            } else if let truth = try? container.decode(Bool.self) {
                self = .truth(truth)
            } else if let words = try? container.decode([String].self) {
                self = .words(words)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }

    private struct Line: Decodable {
        let event: String?
        let fields: [String: Value]?
        let maps: [String: [Entry]]?
        let lost: [Loss]?
    }

    struct Entry: Decodable {
        let fields: [String: Value]?
        let buckets: [Bucket]?
    }

    struct Bucket: Decodable {
        let from: UInt64
        let to: UInt64
        let count: Int
    }

    struct Loss: Decodable {
        let count: Int
        let what: String
    }

    /// The records, in their order.
    let events: [[String: Value]]
    /// What was in maps.
    let maps: [String: [Entry]]
    /// What was lost.
    let losses: [Loss]
    /// What was said.
    let messages: String

    init(_ result: CommandResult) throws {
        try self.init(json: result.standardOutput, messages: result.standardError)
    }

    init(json: String, messages: String = "") throws {
        let lines = try json.split(separator: "\n").filter { $0.contains("uprof.object/1") }
            .map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        events = lines.filter { $0.event != nil }.compactMap(\.fields)
        let last = try #require(lines.last, "\(json)\n\(messages)")
        maps = try #require(last.maps, "\(json)\n\(messages)")
        losses = last.lost ?? []
        self.messages = messages
    }

    /// The records of a process.
    func events(of process: Int32) -> [[String: Value]] {
        events.filter { $0["pid"] == .number(Int64(process)) }
    }
}
