internal import Dispatch
internal import Glibc
internal import Synchronization
package import SystemPackage

/// Makes or renews the index of a hub: on all cores, looking only at files that have changed.
///
/// Every few seconds what is known so far becomes the index. Whoever ends the process loses those
/// seconds, and never finds half an index.
package struct HubIndexer: Sendable {
    /// How far it has got.
    package struct Progress: Sendable {
        /// How many files are done, those among them that had not changed.
        package var done: Int
        /// How many there are.
        package var total: Int
        /// How many bytes of type information were read.
        package var bytes: Int
    }

    /// What came out.
    package struct Summary: Sendable {
        /// How many files with type information there are.
        package let usable: Int
        /// How many files were looked at, since they were new or had changed.
        package let examined: Int
        /// How many bytes of type information were read.
        package let bytes: Int
        /// The files that cannot be used, and why.
        package let failures: [(path: String, reason: String)]
    }

    private let hub: FilePath
    private let report: @Sendable (Progress) -> Void

    /// Prepares for a hub; the function is told of progress now and then, on any thread.
    package init(_ hub: FilePath, report: @escaping @Sendable (Progress) -> Void = { _ in }) {
        self.hub = hub
        self.report = report
    }

    private struct State {
        var next = 0
        var lines: [HubIndexLine]
        var bytes = 0
        var saved = ContinuousClock.now
        var failure: HubError?
    }

    private static let savingInterval = Duration.seconds(5)

    /// Indexes the hub.
    ///
    /// - Throws: `HubError` if the tree cannot be listed or the index not be written.
    package func run() throws(HubError) -> Summary {
        let files = try HubTree.files(in: hub)
        let known = Dictionary(grouping: (try? HubIndex(of: hub).lines()) ?? [], by: \.path)
        var kept: [HubIndexLine] = []
        for file in files {
            let lines = known[file.path] ?? []
            if lines.first?.fingerprint == file.fingerprint { kept += lines }
        }
        let done = Set(kept.map(\.path))
        let pending = files.filter { !done.contains($0.path) }
        let state = Mutex(State(lines: kept))
        DispatchQueue.concurrentPerform(iterations: min(cores, max(pending.count, 1))) { _ in
            work(on: pending, of: files.count, state)
        }
        let (lines, bytes, failure) = state.withLock { ($0.lines, $0.bytes, $0.failure) }
        if let failure { throw failure }
        try HubIndex.write(lines, of: hub)
        return Self.summary(of: lines, examined: pending.count, bytes: bytes)
    }

    /// Takes files until there are none left.
    private func work(
        on pending: [HubTree.File], of total: Int, _ state: borrowing Mutex<State>
    ) {
        while true {
            let index = state.withLock { state in
                defer { state.next += 1 }
                return state.failure == nil ? state.next : pending.count
            }
            guard index < pending.count else { return }
            let (lines, bytes) = examine(pending[index])
            let progress = state.withLock { state in
                state.lines += lines
                state.bytes += bytes
                save(&state)
                return Progress(
                    done: total - pending.count + min(state.next, pending.count), total: total,
                    bytes: state.bytes)
            }
            report(progress)
        }
    }

    private func save(_ state: inout State) {
        guard state.saved.duration(to: .now) > Self.savingInterval else { return }
        do {
            try HubIndex.write(state.lines, of: hub)
        } catch {
            state.failure = error
        }
        state.saved = .now
    }

    /// Looks at one file.
    private func examine(_ file: HubTree.File) -> (lines: [HubIndexLine], bytes: Int) {
        var lines: [HubIndexLine] = []
        var bytes = 0
        do {
            try HubContents.forEach(in: hub.pushing(FilePath(file.path))) { item in
                bytes += item.types.byteCount
                lines.append(
                    HubIndexLine(
                        path: file.path, member: item.member, fingerprint: file.fingerprint,
                        content: .record(record(of: item, in: file))))
            }
        } catch {
            let content = HubIndexLine.Content.failure(reason: error.description)
            lines = [
                HubIndexLine(
                    path: file.path, member: "", fingerprint: file.fingerprint, content: content)
            ]
        }
        return (lines, bytes)
    }

    private func record(of item: HubContents.Item, in file: HubTree.File) -> HubRecord {
        let directory = file.path.split(separator: "/").dropLast().joined(separator: "/")
        let name = KernelImageName(
            path: item.member.isEmpty ? file.path : "\(directory)/\(item.member)")
        return HubRecord(
            release: name.release, distribution: name.distribution, version: name.version,
            architecture: name.architecture, hash: SHA256.hexadecimal(of: item.types.bytes),
            size: item.types.byteCount, date: file.date, origin: HubOrigin.read(hub, file.path),
            path: FilePath(file.path), member: item.member)
    }

    private static func summary(of lines: [HubIndexLine], examined: Int, bytes: Int) -> Summary {
        var failures: [(path: String, reason: String)] = []
        for line in lines {
            if case .failure(let reason) = line.content { failures.append((line.path, reason)) }
        }
        return Summary(
            usable: lines.count - failures.count, examined: examined, bytes: bytes,
            failures: failures.sorted { $0.path < $1.path })
    }

    private var cores: Int { max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) }
}
