/// Tells the linker script's own symbols, which the kernel lists as code, from functions.
package enum KernelMark {
    private static let starts = ["_text", "_stext", "_sinittext", "__pi__text", "_start"].map {
        Array($0.utf8)
    }
    private static let ends = ["_etext", "_einittext", "_end", "__pi__etext"].map {
        Array($0.utf8)
    }
    private static let endSuffix = Array("_text_end".utf8)
    private static let startSuffix = Array("_text_start".utf8)

    /// Whether a name marks where a range of functions starts; the first one has a better name.
    static func isStart(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        starts.contains { name.elementsEqual($0) }
            || name.suffix(startSuffix.count).elementsEqual(startSuffix)
    }

    /// Whether a name marks where a range of functions ends: what follows is not in it.
    package static func isEnd(name: String) -> Bool {
        var name = name
        return name.withUTF8 { isEnd($0) }
    }

    /// Whether the bytes of a name mark where a range of functions ends.
    static func isEnd(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        ends.contains { name.elementsEqual($0) }
            || name.suffix(endSuffix.count).elementsEqual(endSuffix)
    }
}
