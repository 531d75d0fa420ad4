/// Tells what kind of code a frame is in where a file does not say so.
enum FrameKind {
    /// The kind, by the marks of flame graph tools behind the name and by the module.
    static func of(_ frame: Frame) -> Frame.Kind {
        if frame.name.hasSuffix("_[k]") { return .kernel }
        if frame.name.hasSuffix("_[j]") { return .jit }
        if frame.name.hasSuffix("_[i]") { return .inlined }
        if frame.name.hasPrefix("[truncated") { return .truncated }
        let module = frame.module
        if module.hasPrefix("[kernel") || module.hasSuffix("vmlinux") || module.hasSuffix(".ko") {
            return .kernel
        }
        if module == "[jit]" || (module.hasPrefix("/tmp/perf-") && module.hasSuffix(".map")) {
            return .jit
        }
        return .user
    }
}
