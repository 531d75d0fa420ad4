/// A stack by the names of its functions, for comparisons of two recorders.
struct NamedStack {
    /// The functions, root first: without parameters and version; `?` is one without a name.
    var frames: [String]
    /// In how many samples it was.
    var count: UInt64

    /// The whole ones of the stacks that uprof has recorded; their first frame is the thread's name.
    static func whole(_ stacks: [Recording.Stack]) -> [NamedStack] {
        stacks.filter(\.isWhole).map { stack in
            NamedStack(frames: stack.frames.dropFirst().map(plain), count: stack.value)
        }
    }

    /// The users' parts of the stacks that `perf script -F ip,sym` has printed.
    static func stacks(ofScript script: String) -> [NamedStack] {
        var stacks: [NamedStack] = []
        var frames: [String] = []
        for line in (script + "\n\n").split(separator: "\n", omittingEmptySubsequences: false) {
            let fields = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
            if fields.count == 2, fields[0].hasPrefix("ffffffff") {
                continue  // the kernel's part
            } else if fields.count == 2 {
                frames.append(plain(String(fields[1])))
            } else if !frames.isEmpty {
                stacks.append(NamedStack(frames: frames.reversed(), count: 1))
                frames = []
            }
        }
        return stacks
    }

    private static func plain(_ name: String) -> String {
        if name.hasPrefix("[unknown") { return "?" }
        var name = name.prefix { $0 != "(" && $0 != "@" }
        // Names of one function of the C library, of which each recorder has its own favourite.
        while let prefix = ["__GI_", "__libc_", "__"].first(where: { name.hasPrefix($0) }) {
            name = name.dropFirst(prefix.count)
        }
        return String(name)
    }
}
