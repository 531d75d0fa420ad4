internal import Glibc
internal import SystemPackage

/// The names of the code a process generated, from the files its JIT compilers write: they are
/// read again when they have grown, and what was read is kept when the process has exited.
struct GeneratedCode {
    private let process: ProcessInfo
    private let user: UInt32
    private let started: Int?
    private var map = PerfMap()
    private var mapFiles: [GrowingFile]
    private var dumps: [(file: GrowingFile, dump: JITDump?)] = []
    private(set) var refusal: String?

    /// Prepares to read what a process writes; ``update(_:)`` reads.
    init(of process: ProcessInfo) {
        self.process = process
        let files = ProcessFiles(process: process.id)
        let status = (try? files.text("status")).map { ProcessStatus(parsing: $0) }
        user = status?.user ?? geteuid()
        started = Self.startSeconds(of: process)
        // A program in a container calls itself by the ID it has there, and its /tmp is its own.
        var paths: [FilePath] = []
        for id in [process.namespaceID, process.id] {
            for root in [files.path("root").string, ""] {
                let path = FilePath("\(root)/tmp/perf-\(id).map")
                // The host's file of that number is another process', unless the numbers agree.
                let isForeign = root.isEmpty && id != process.id
                if !paths.contains(path), !isForeign { paths.append(path) }
            }
        }
        mapFiles = paths.map { GrowingFile(path: $0) }
    }

    /// Reads what was written since, if the process still runs.
    mutating func update(_ mappings: [ProcessMapping]) {
        guard process.isRunning else { return }
        refusal = nil
        for mapping in mappings where Self.isDump(mapping.path) {
            let path = ProcessFiles(process: process.id).path("root" + mapping.path)
            if !dumps.contains(where: { $0.file.path == path }) {
                dumps.append((GrowingFile(path: path), nil))
            }
        }
        updateMap()
        for index in dumps.indices { updateDump(index) }
    }

    /// The function an address is in. A dump tells more than a map and comes first.
    func lookup(_ address: Address) -> Function? {
        jitFunction(address)?.function ?? map.lookup(address)
    }

    /// What a dump tells of the function an address is in.
    func jitFunction(_ address: Address) -> JITFunction? {
        dumps.lazy.compactMap { $0.dump?.lookup(address) }.first
    }

    /// `jit-PID.dump`, which its writer maps so that others find it.
    private static func isDump(_ path: String) -> Bool {
        guard let name = path.split(separator: "/").last else { return false }
        return name.hasPrefix("jit-") && name.hasSuffix(".dump")
    }

    /// The first of the files that there is.
    private mutating func updateMap() {
        for index in mapFiles.indices {
            do throws(GrowingFile.Refusal) {
                var map = self.map
                try mapFiles[index].update(user: user, started: started) { bytes, isFirst in
                    if isFirst { map = PerfMap() }
                    return map.append(bytes)
                }
                self.map = map
                return
            } catch {
                if case .untrusted(let message) = error { refusal = message }
            }
        }
    }

    private mutating func updateDump(_ index: Int) {
        do throws(GrowingFile.Refusal) {
            var dump = dumps[index].dump
            dumps[index].dump = nil
            try dumps[index].file.update(user: user, started: nil) { bytes, isFirst in
                if isFirst {
                    dump = JITDump(header: bytes)
                    return min(Int(dump?.headerSize ?? 0), bytes.count)
                }
                return dump?.append(bytes) ?? 0
            }
            dumps[index].dump = dump
        } catch {
            if case .untrusted(let message) = error { refusal = message }
        }
    }

    /// When a process started, in seconds since 1970, less the second that rounding may take.
    private static func startSeconds(of process: ProcessInfo) -> Int? {
        var now = timespec()
        var sinceStart = timespec()
        let ticks = sysconf(Int32(_SC_CLK_TCK))
        guard clock_gettime(CLOCK_REALTIME, &now) == 0,
            clock_gettime(CLOCK_BOOTTIME, &sinceStart) == 0, ticks > 0,
            let started = Int(exactly: process.startTime / UInt64(ticks))
        else { return nil }
        return now.tv_sec - sinceStart.tv_sec + started - 2
    }
}
