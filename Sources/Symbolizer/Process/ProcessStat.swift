/// `/proc/PID/stat`, the fields of it that matter here (proc(5)).
///
///     stat = pid " (" comm ") " state (" " number)…
///
/// The name may contain anything, parentheses and line feeds too: it ends at the last `)`.
struct ProcessStat {
    /// The short name.
    var name: String
    /// A letter: `R` running, `Z` zombie, `X` dead.
    var state: Character
    /// `PF_…` of the kernel.
    var flags: UInt64
    /// In clock ticks since the system started.
    var startTime: UInt64

    /// Whether it has ended.
    var isEnded: Bool { state == "Z" || state == "X" }
    /// Whether it is a thread of the kernel (`PF_KTHREAD`).
    var isKernelThread: Bool { flags & 0x0020_0000 != 0 }

    /// Reads the text of the file, nil if it is not of this form.
    init?(parsing text: String) {
        guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"),
            open < close
        else { return nil }
        // Field 3 of proc(5), the state, is the first behind the name.
        let fields = text[close...].dropFirst().split(separator: " ")
        guard fields.count > 19, let state = fields[0].first, let flags = UInt64(fields[6]),
            let startTime = UInt64(fields[19])
        else { return nil }
        name = String(text[text.index(after: open)..<close])
        self.state = state
        self.flags = flags
        self.startTime = startTime
    }
}
