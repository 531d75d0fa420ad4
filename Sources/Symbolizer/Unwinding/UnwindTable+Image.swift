internal import Bytes

extension UnwindTable {
    /// Compiles the unwind information of an image: of `.eh_frame`, found through the segment of
    /// its index where there are no section headers, and of `.debug_frame` for functions that
    /// have none there (Go, assembly).
    ///
    /// Damage loses the entry it is in, which is counted. The table of an image for another
    /// machine than x86-64 is empty.
    package init(of image: ELFImage) {
        guard image.machine == .x86_64, image.byteOrder == .little else {
            self.init(rows: [], rules: [])
            return
        }
        let source = UnwindSource(image: image)
        let table = source.table(tracksRBX: false)
        self = table.needsRBX ? source.table(tracksRBX: true).table : table.table
    }

    /// Compiles the unwind information of an image in memory, such as the vDSO.
    ///
    /// - Throws: `ELFError` if the bytes are not an image.
    package init(bytes: [UInt8], name: String) throws(ELFError) {
        self.init(of: try ELFImage(bytes: bytes, name: name))
    }
}
