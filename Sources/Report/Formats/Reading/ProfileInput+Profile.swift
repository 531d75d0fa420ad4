internal import Bytes

extension ProfileInput {
    /// Most that a file of a format without a stream may be, decompressed.
    private static let largestFile = 2 << 30

    /// Reads the whole profile.
    ///
    /// The same file always gives the same order of samples.
    ///
    /// - Parameters:
    ///   - options: How stacks of `perf script` are named.
    ///   - threads: How many threads may work on it.
    /// - Returns: The profile, and what to know about it, a line each.
    /// - Throws: `FormatError` if it cannot be read, or has no samples.
    package consuming func profile(
        _ options: PerfScriptOptions = PerfScriptOptions(), threads: Int = 1
    ) throws(FormatError) -> (profile: StackProfile, remarks: [String]) {
        let path = path
        let result: (profile: StackProfile, remarks: [String]) =
            switch format {
            case .pprof, .speedscope, .json: (try structured(), [])
            case .perf: try perfProfile(options)
            default: try plainProfile(options, threads)
            }
        guard !result.profile.samples.isEmpty else {
            throw FormatError(path: path, reason: .withoutSamples)
        }
        return result
    }

    /// A profile of a format that has more than lines.
    ///
    /// - Throws: `FormatError` if it cannot be read.
    func structured() throws(FormatError) -> StackProfile {
        var input = input
        let file = try input.all(limit: Self.largestFile)
        do {
            switch format {
            case .pprof: return try PProfReader.profile(file.bytes)
            case .speedscope: return try SpeedscopeReader.profile(file.bytes)
            default: return try ProfileJSONReader.profile(file.bytes)
            }
        } catch {
            throw FormatError(path: path, reason: .malformed(format, "\(error)"))
        }
    }

    private func perfProfile(
        _ options: PerfScriptOptions
    ) throws(FormatError) -> (profile: StackProfile, remarks: [String]) {
        let blocks = InputBlocks(input, boundary: .emptyLine)
        let reader = PerfScriptReader(options)
        let readers = try ParallelFolding.fold(blocks, by: reader, others: reader, threads: 1)
        guard let reader = readers.first else { return (StackProfile(valueKinds: []), []) }
        var folded = FoldedProfile(reader.stacks)
        if reader.hasOtherEvents, let event = reader.event {
            folded.onlyEvent = String(decoding: event, as: UTF8.self)
        }
        return (reader.profile(), folded.remarks)
    }

    private func foldInOrder(_ threads: Int) throws(FormatError) -> FoldedProfile {
        let blocks = InputBlocks(input, boundary: .line)
        let folders = try ParallelFolding.fold(parts: blocks.parts(threads), by: FoldedFolder())
        return FoldedProfile(inOrder: folders.map(\.stacks))
    }

    private func plainProfile(
        _ options: PerfScriptOptions, _ threads: Int
    ) throws(FormatError) -> (profile: StackProfile, remarks: [String]) {
        let folded = format == .folded ? try foldInOrder(threads) : try fold(options)
        let (profile, isRounded) = folded.stacks.profile
        return (profile, folded.remarks + (isRounded ? ["fractions of counts were rounded"] : []))
    }
}
