internal import LibBPF
internal import Symbolizer
internal import SystemPackage

/// One process that is measured: what is known of its memory, and its probes.
struct TargetProcess {
    /// Its memory when it was last looked at.
    var snapshot: ProcessSnapshot
    /// The thread through which its address space is found; not the first one once that has ended.
    var anchor: ProcessID
    /// Its own probes; none where a file is probed for all processes.
    var probes = AttachedProbes()
    /// Whether its memory may have changed since.
    var isStale = false
    /// Whether it has ended.
    var hasEnded = false

    /// Whether any of its threads still runs.
    var isRunning: Bool {
        snapshot.process.isRunning || snapshot.process.threads.count > 1
    }

    /// A path by which one of its files can be opened. Once the first thread has ended, the others
    /// still lead to the process's root.
    func path(of image: MappedImage) -> FilePath? {
        let id = snapshot.process.id
        guard let path = image.openPath, anchor != id else { return image.openPath }
        let (own, other) = ("/proc/\(id)/", "/proc/\(anchor)/")
        guard path.string.hasPrefix(own) else { return path }
        return FilePath(other + path.string.dropFirst(own.count))
    }
}
