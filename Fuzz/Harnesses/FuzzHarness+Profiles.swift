internal import Report

extension FuzzHarness {
    /// Folded lines: as a profile, and as the two sides of a difference.
    static let folded = FuzzHarness("folded") { bytes in
        read(bytes, .folded)
        var parser = FoldedParser()
        parser.read(bytes.span.bytes)
        let tree = parser.finish()
        let difference = StackDifference(before: tree, after: tree, scaling: .exact)
        FoldedDifference(difference).write { _ in }
        _ = FlameGraphSVG().draw(tree)
        _ = FlameGraphHTML().draw(difference.drawing)
    }

    /// `perf script`, with and without its marks.
    static let perfScript = FuzzHarness("perf-script") { bytes in
        read(bytes, .perf)
        var options = PerfScriptOptions()
        options.marksKernel = true
        options.marksJIT = true
        options.includesAddresses = true
        options.includesThread = true
        _ = try? ProfileInput(path: "-", contents: bytes, format: .perf).fold(options).stacks.folded
    }

    static let bpftrace = FuzzHarness("bpftrace") { read($0, .bpftrace) }
    static let dtrace = FuzzHarness("dtrace") { read($0, .dtrace) }
    static let macSample = FuzzHarness("mac-sample") { read($0, .sample) }
    static let goText = FuzzHarness("go-text") { read($0, .go) }
    static let pprof = FuzzHarness("pprof") { read($0, .pprof) }
    static let speedscope = FuzzHarness("speedscope") { read($0, .speedscope) }
    static let profileJSON = FuzzHarness("profile-json") { read($0, .json) }

    /// Files whose format their bytes tell, compressed or in UTF-16.
    static let anyProfile = FuzzHarness("any-profile") { read($0, nil) }

    /// Reads a profile in all ways, and writes it in all formats.
    private static func read(_ bytes: [UInt8], _ format: ProfileFormat?) {
        _ = try? ProfileInput(path: "-", contents: bytes, format: format).fold().stacks.folded
        guard
            let input = try? ProfileInput(path: "-", contents: bytes, format: format),
            let profile = try? input.profile().profile
        else { return }
        let kind = profile.valueKinds.first ?? .samples
        for format in ProfileFormat.writable { _ = format.bytes(profile, kind: kind) }
    }
}
