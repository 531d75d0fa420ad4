internal import Bytes
package import SystemPackage

/// What is in a hub: a sorted text file that is searched where it lies.
///
/// Text can be read and compared by anybody, and lines that are sorted by kernel release are found
/// in a mapped file of 10,000 without reading it: no database is needed. The first line names the
/// format; the rest is lines of ``HubIndexLine``, in the order of their bytes.
package struct HubIndex: Sendable {
    /// The hub.
    package let hub: FilePath
    let file: MappedFile

    static let heading = "uprof-btf-index 1\n"

    /// Where the index of a hub is.
    static func path(of hub: FilePath) -> FilePath { hub.appending(".uprof/index") }

    /// Opens the index of a hub.
    ///
    /// - Throws: `HubError` if there is none, or it is of another format.
    package init(of hub: FilePath) throws(HubError) {
        self.hub = hub
        do {
            file = try MappedFile(path: Self.path(of: hub))
        } catch .noSuchFileOrDirectory {
            throw HubError(hub.string, .notIndexed)
        } catch {
            throw HubError(Self.path(of: hub).string, .system(error))
        }
        let heading = Array(Self.heading.utf8)
        guard file.bytes.hasBytes(heading.span.bytes, at: 0) else {
            throw HubError(Self.path(of: hub).string, .unknownFormat)
        }
        let last = file.bytes.byte(at: file.bytes.byteCount - 1)
        guard last == UInt8(ascii: "\n") else {
            throw HubError(Self.path(of: hub).string, .damaged("its last line is cut off"))
        }
    }

    /// Replaces the index of a hub by one with these lines.
    ///
    /// - Throws: `HubError` if it cannot be written; it is then as it was before.
    static func write(_ lines: some Sequence<HubIndexLine>, of hub: FilePath) throws(HubError) {
        var bytes = Array(heading.utf8)
        for line in lines.map({ Array($0.text.utf8) }).sorted(by: {
            $0.lexicographicallyPrecedes($1)
        }) {
            bytes += line
            bytes.append(UInt8(ascii: "\n"))
        }
        try AtomicFile.makeDirectory(path(of: hub).removingLastComponent())
        try AtomicFile.write(bytes, to: path(of: hub))
    }

    /// The files of a kernel release.
    ///
    /// - Throws: `HubError` if the index is damaged.
    package func records(ofRelease release: String) throws(HubError) -> [HubRecord] {
        try records(withPrefix: release + "\t")
    }

    /// The files of all kernel releases that begin like this.
    ///
    /// - Throws: `HubError` if the index is damaged.
    package func records(withPrefix prefix: String) throws(HubError) -> [HubRecord] {
        let prefix = Array(prefix.utf8)
        var records: [HubRecord] = []
        var start = firstLine(notBefore: prefix)
        while file.bytes.hasBytes(prefix.span.bytes, at: start), start < file.bytes.byteCount {
            let end = endOfLine(at: start)
            if case .record(let record) = try line(start..<end).content { records.append(record) }
            start = end + 1
        }
        return records
    }

    /// All files.
    ///
    /// - Throws: `HubError` if the index is damaged.
    package func records() throws(HubError) -> [HubRecord] {
        var records: [HubRecord] = []
        for line in try lines() {
            if case .record(let record) = line.content { records.append(record) }
        }
        return records
    }

    /// The files that could not be used, and why.
    ///
    /// - Throws: `HubError` if the index is damaged.
    package func failures() throws(HubError) -> [(path: String, reason: String)] {
        var failures: [(path: String, reason: String)] = []
        for line in try lines() {
            if case .failure(let reason) = line.content { failures.append((line.path, reason)) }
        }
        return failures
    }

    /// All lines.
    func lines() throws(HubError) -> [HubIndexLine] {
        var lines: [HubIndexLine] = []
        var start = Self.heading.utf8.count
        while start < file.bytes.byteCount {
            let end = endOfLine(at: start)
            lines.append(try line(start..<end))
            start = end + 1
        }
        return lines
    }

    /// The first line that does not come before some bytes in order, by halving.
    func firstLine(notBefore key: [UInt8]) -> Int {
        var low = Self.heading.utf8.count
        var high = file.bytes.byteCount
        while low < high {
            let start = startOfLine(at: low + (high - low) / 2, notBefore: low)
            let end = endOfLine(at: start)
            if isBefore(start..<end, key) { low = end + 1 } else { high = start }
        }
        return low
    }

    private func isBefore(_ line: Range<Int>, _ key: [UInt8]) -> Bool {
        let text = file.bytes.extracting(line)
        for index in 0..<min(text.byteCount, key.count) {
            let byte = text.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            if byte != key[index] { return byte < key[index] }
        }
        return text.byteCount < key.count
    }

    func startOfLine(at offset: Int, notBefore limit: Int) -> Int {
        var start = offset
        while start > limit, file.bytes.byte(at: start - 1) != UInt8(ascii: "\n") { start -= 1 }
        return start
    }

    func endOfLine(at start: Int) -> Int {
        file.bytes.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? file.bytes.byteCount
    }

    func line(_ range: Range<Int>) throws(HubError) -> HubIndexLine {
        guard let line = HubIndexLine(parsing: file.bytes.extracting(range).text) else {
            throw HubError(
                Self.path(of: hub).string, .damaged("the line at byte \(range.lowerBound)"))
        }
        return line
    }
}
