extension ProfileInput {
    /// How a file becomes a tree of stacks.
    package struct TreeOptions: Sendable {
        /// How folded lines are read, and stacks that become such.
        package var reading = FoldedParser.Options()
        /// How stacks of `perf script` are named.
        package var perf = PerfScriptOptions()
        /// Which of the values of a file with several is shown; the first if nil.
        package var kind: String?
        /// Whether frames keep their modules and lines, where a format has them; else they are told
        /// apart by their names alone.
        package var keepsDetails = false

        /// Folded lines as they come.
        package init() {}
    }

    /// Merges the stacks by their callers.
    ///
    /// - Throws: `FormatError` if the file cannot be read, or has no samples.
    package consuming func tree(_ options: TreeOptions) throws(FormatError) -> StackContent {
        switch format {
        case .folded: try foldedTree(options.reading)
        case .perf, .pprof, .speedscope, .json:
            options.keepsDetails ? try detailedTree(options) : try namesTree(options)
        default: try namesTree(options)
        }
    }

    /// Folded lines, which are never kept as a whole.
    private func foldedTree(_ options: FoldedParser.Options) throws(FormatError) -> StackContent {
        var blocks = InputBlocks(input, boundary: .line)
        var parser = FoldedParser(options)
        parser.reserveCapacity(bytes: blocks.size ?? 0)
        while let block = try blocks.next() {
            block.withBytes { parser.read($0) }
        }
        return StackContent(parser)
    }

    private func detailedTree(_ options: TreeOptions) throws(FormatError) -> StackContent {
        let path = path
        let (profile, remarks) = try profile(options.perf)
        let kind = try profile.kind(named: options.kind, path: path)
        let tree = FlameTree(
            profile, valueIndex: profile.valueIndex(of: kind) ?? 0,
            isReversed: options.reading.isReversed)
        let remark = profile.remark(onCounting: kind, asked: options.kind)
        return StackContent(tree, kind, remarks: (remark.map { [$0] } ?? []) + remarks)
    }

    private func namesTree(_ options: TreeOptions) throws(FormatError) -> StackContent {
        let folded = try fold(options.perf, kind: options.kind)
        let lines = folded.stacks.folded
        var parser = FoldedParser(options.reading)
        parser.read(lines.span.bytes)
        return StackContent(parser, folded.valueKind, remarks: folded.remarks)
    }
}
