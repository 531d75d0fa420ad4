extension ProfileFormat {
    /// A profile in this format.
    ///
    /// - Parameters:
    ///   - profile: The profile.
    ///   - kind: Which of the samples' values counts, for formats that have one only.
    ///   - isCompressed: Whether pprof's is compressed.
    /// - Returns: The bytes of a file, or nil if the format is only read.
    package func bytes(
        _ profile: StackProfile, kind: StackProfile.ValueKind, isCompressed: Bool = true
    ) -> [UInt8]? {
        switch self {
        case .folded: Array(FoldedStacks(kind).render(profile).utf8)
        case .perf: Array(PerfScriptText(kind).render(profile).utf8)
        case .pprof: PProfProfile(isCompressed: isCompressed).bytes(profile)
        case .speedscope: Array(SpeedscopeJSON().render(profile).utf8)
        case .json: Array(ProfileJSON().render(profile).utf8)
        case .otlp: OTLPProtobuf().bytes(profile)
        case .otlpJSON: Array(OTLPJSON().render(profile).utf8)
        case .csv: Array(FunctionCSV().render(profile).utf8)
        case .bpftrace, .dtrace, .sample, .go: nil
        }
    }
}
