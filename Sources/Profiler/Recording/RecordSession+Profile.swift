package import Report
internal import Symbolizer

/// From samples to named stacks.
extension RecordSession {
    /// All stacks, named.
    func profile(duration: UInt64) -> StackProfile {
        var namer = SampleNamer(
            symbolizer: symbolizer, images: images, processes: processes,
            kernel: totals.kernelStacks.isEmpty ? nil : try? KernelSymbols(),
            withInlines: configuration.withInlines)
        var profile = StackProfile(valueKinds: [.samples, configuration.mode.timeKind])
        profile.recording.durationNanoseconds = duration
        profile.recording.startNanoseconds =
            MeasurementClock.calendarNanoseconds(at: MeasurementClock.now) &- duration
        if configuration.mode == .onCPU {
            profile.recording.period = 1_000_000_000 / configuration.frequency
            profile.recording.periodKind = .cpuNanoseconds
        }
        for (key, count) in totals.counts {
            guard let stack = totals.stacks[key.stack] else { continue }
            let frames = namer.frames(
                of: key, stack: stack, kernelStack: totals.kernelStacks[key.kernelStack] ?? [])
            profile.add(
                frames, values: [count.samples, count.nanoseconds],
                labels: SampleLabels(process: key.process.rawValue, command: key.command))
        }
        return profile
    }
}

extension RecordConfiguration.Mode {
    /// What the time of a sample is called.
    package var timeKind: StackProfile.ValueKind {
        switch self {
        case .onCPU: .cpuNanoseconds
        case .offCPU: .offCPUNanoseconds
        case .wall: .wallNanoseconds
        }
    }
}
