internal import Dispatch
internal import Synchronization

/// Makes an export of a hub: the types of its kernels, reduced to what some programs need.
package struct Exporter: Sendable {
    /// What came out.
    package struct Result: Sendable {
        /// The export.
        package let bytes: [UInt8]
        /// How many kernels are in it.
        package let kernels: Int
        /// How many distinct contents they have.
        package let contents: Int
        /// The kernels that are not in it, and why.
        package let failures: [(record: HubRecord, reason: String)]
    }

    private let hub: Hub
    private let objects: [ProgramObject]
    private let hashes: [[UInt8]]

    /// Prepares for a hub and programs; without programs, types are taken whole.
    package init(_ hub: Hub, objects: [ProgramObject]) {
        self.hub = hub
        self.objects = objects
        hashes = objects.map(\.hash)
    }

    /// What came of one source of types.
    private enum Outcome {
        case types([UInt8])
        case failure(String)
    }

    /// Makes the export of some of the hub's kernels, on all cores.
    ///
    /// - Throws: `HubError` if the hub is damaged.
    package func export(
        where isWanted: (HubRecord) -> Bool = { _ in true }
    ) throws(HubError) -> Result {
        let records = try hub.index.records().filter(isWanted).sorted()
        // Files with the same contents give the same result.
        let sources = Array(Dictionary(grouping: records, by: \.hash).values.compactMap(\.first))
            .sorted()
        let outcomes = Mutex<[String: Outcome]>([:])
        DispatchQueue.concurrentPerform(iterations: sources.count) { index in
            let outcome = outcome(of: sources[index])
            outcomes.withLock { $0[sources[index].hash] = outcome }
        }
        let results = outcomes.withLock { $0 }
        var writer = ExportWriter(objects: hashes)
        var failures: [(record: HubRecord, reason: String)] = []
        for record in records {
            switch results[record.hash] {
            case .types(let types): writer.add(types, of: record)
            case .failure(let reason): failures.append((record, reason))
            case nil: break
            }
        }
        return Result(
            bytes: try writer.bytes(), kernels: records.count - failures.count,
            contents: writer.contentCount, failures: failures)
    }

    private func outcome(of record: HubRecord) -> Outcome {
        do {
            let types = try hub.open(record, keeping: false)
            guard !objects.isEmpty else { return .types(types.contents) }
            return .types(try Minimizer.minimize(types, for: objects).bytes)
        } catch {
            return .failure("\(error)")
        }
    }
}
