internal import Cache

extension UnitIndex {
    /// Reads the first entries of all units of a file, or finds what was read of this very file before.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - code: Where it has code.
    ///   - key: What the index is kept under; nil where it is not kept.
    ///   - cache: Where it is looked for, and kept.
    convenience init(of file: DebugFile, code: CodeRanges, as key: CacheKey?, in cache: DiskCache?)
    {
        guard let key, let cache else {
            self.init(of: file, code: code)
            return
        }
        if let known = cache.bytes(of: key), let index = UnitIndexContents(parsing: known.bytes) {
            self.init(
                entries: index.entries, hasSplitUnits: index.hasSplitUnits, of: file, code: code)
            return
        }
        self.init(of: file, code: code)
        let contents = UnitIndexContents(entries: entries, hasSplitUnits: hasSplitUnits)
        cache.keep(contents.encoded.span.bytes, of: key)
    }
}
