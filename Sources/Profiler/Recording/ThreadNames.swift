internal import Glibc

/// The names of threads, which the kernel tells when they change.
struct ThreadNames {
    private var names: [Int32: String] = [:]

    /// Sets the name of a thread.
    mutating func set(_ name: String, of thread: Int32) { names[thread] = name }

    /// Gives a thread that was started the name of the one that started it.
    mutating func inherit(from parent: Int32, to thread: Int32) { names[thread] = names[parent] }

    /// Forgets a thread.
    mutating func forget(_ thread: Int32) { names[thread] = nil }

    /// The name of a thread; that of a thread which has ended before it was asked for is empty.
    mutating func name(of thread: Int32, in process: Int32) -> String {
        if let known = names[thread] { return known }
        let name = Self.read("/proc/\(process)/task/\(thread)/comm")
        names[thread] = name
        return name
    }

    private static func read(_ path: String) -> String {
        guard let file = fopen(path, "re") else { return "" }
        defer { fclose(file) }
        var text = [CChar](repeating: 0, count: 32)
        guard fgets(&text, Int32(text.count), file) != nil else { return "" }
        let bytes = text.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
