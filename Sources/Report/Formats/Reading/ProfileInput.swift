internal import Bytes

/// A file with samples in one of the formats that can be read.
package struct ProfileInput: Sendable {
    /// The path as it was given; `-` is the standard input.
    package let path: String
    /// The format, given or told by the content.
    package let format: ProfileFormat
    let input: DecodedInput

    /// Opens a file, and finds out its format unless one is given.
    ///
    /// - Throws: `FormatError` if it cannot be read, is empty, or of no known format.
    package init(path: String, format: ProfileFormat? = nil) throws(FormatError) {
        try self.init(RawInput(path: path), format: format)
    }

    /// Takes bytes in memory for a file.
    ///
    /// - Throws: `FormatError` if they are of no known format.
    package init(
        path: String, contents: [UInt8], format: ProfileFormat? = nil
    ) throws(FormatError) {
        guard !contents.isEmpty else { throw FormatError(path: path, reason: .empty) }
        try self.init(RawInput(path: path, contents: contents), format: format)
    }

    private init(_ raw: RawInput, format: ProfileFormat?) throws(FormatError) {
        path = raw.path
        input = try DecodedInput(raw)
        var detected = format
        if detected == nil {
            detected = try FormatDetector.format(of: input.start, path: raw.path)
        }
        guard let detected else { throw FormatError(path: raw.path, reason: .unknownFormat) }
        guard detected.isReadable else {
            throw FormatError(path: raw.path, reason: .writeOnly(detected))
        }
        self.format = detected
    }

    /// Counts the stacks of the samples.
    ///
    /// - Parameters:
    ///   - options: How stacks of `perf script` are named.
    ///   - kind: Which of the values of a file with several is counted; the first if nil.
    ///   - threads: How many threads may work on it.
    /// - Returns: The stacks, and what to know about them.
    /// - Throws: `FormatError` if it cannot be read, or has no samples.
    package consuming func fold(
        _ options: PerfScriptOptions = PerfScriptOptions(), kind: String? = nil, threads: Int = 1
    ) throws(FormatError) -> FoldedProfile {
        let result = try counted(options, kind, threads)
        guard result.stacks.count > 0 else {
            throw FormatError(path: path, reason: .withoutSamples)
        }
        return result
    }

    private func counted(
        _ options: PerfScriptOptions, _ kind: String?, _ threads: Int
    ) throws(FormatError) -> FoldedProfile {
        switch format {
        case .perf: try foldPerf(options, threads)
        case .folded: try foldLines(FoldedFolder(), threads: threads)
        case .bpftrace: try foldLines(BPFTraceFolder())
        case .dtrace: try foldLines(DTraceFolder())
        case .sample: try foldLines(MacSampleFolder())
        case .go: try foldLines(GoTextFolder())
        case .pprof, .speedscope, .json: try foldProfile(kind)
        case .otlp, .otlpJSON, .csv: throw FormatError(path: path, reason: .writeOnly(format))
        }
    }

    private func foldLines<Folder: LineFolder>(
        _ folder: Folder, threads: Int = 1
    ) throws(FormatError) -> FoldedProfile {
        let blocks = InputBlocks(input, boundary: .line)
        let folders = try ParallelFolding.fold(blocks, by: folder, others: folder, threads: threads)
        return FoldedProfile(merging: folders.map(\.stacks))
    }

    private func foldProfile(_ name: String?) throws(FormatError) -> FoldedProfile {
        let profile = try structured()
        let kind = try profile.kind(named: name, path: path)
        let index = profile.valueIndex(of: kind) ?? 0
        return FoldedProfile(
            StackCounter(profile, valueIndex: index), kind,
            remark: profile.remark(onCounting: kind, asked: name))
    }

    private func foldPerf(
        _ options: PerfScriptOptions, _ threads: Int
    ) throws(FormatError) -> FoldedProfile {
        var blocks = InputBlocks(input, boundary: .emptyLine)
        var first = PerfScriptFolder(options)
        // The first event decides what the other threads count.
        while first.event == nil, let block = try blocks.next() {
            block.withBytes { first.read(linesOf: $0) }
        }
        let others = PerfScriptFolder(options, firstEvent: first.event)
        let folders = try ParallelFolding.fold(blocks, by: first, others: others, threads: threads)
        var result = FoldedProfile(merging: folders.map(\.stacks))
        if folders.contains(where: \.hasOtherEvents), let event = first.event {
            result.onlyEvent = String(decoding: event, as: UTF8.self)
        }
        return result
    }
}
