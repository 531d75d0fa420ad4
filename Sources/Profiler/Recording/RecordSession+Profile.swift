package import Report
internal import Symbolizer

/// From samples to named stacks.
extension RecordSession {
    /// Has the frames named that have come up: while the recording goes on, so that little is left to
    /// its end. Frames in no image wait for that, as their processes may yet tell more of them.
    func nameNewFrames() {
        let frames = totals.takeNewFrames().compactMap { frame -> ImageFrame? in
            guard case .image(let number, let address) = frame.place, let image = images[number]
            else { return nil }
            return ImageFrame(frame: frame, address: address, image: image)
        }
        naming.request(frames)
        kernelNames.ask(for: totals.takeNewKernelAddresses())
    }

    /// All stacks, named.
    func profile(duration: UInt64) -> StackProfile {
        nameNewFrames()
        kernelNames.finish()
        var namer = SampleNamer(
            profile: emptyProfile(duration: duration),
            namer: FrameNamer(
                symbolizer: symbolizer, withInlines: configuration.withInlines,
                known: naming.finish()),
            kernel: kernelNames, images: images, processes: processes, totals: totals)
        for (key, count) in totals.counts { namer.add(count, of: key) }
        return namer.profile
    }

    private func emptyProfile(duration: UInt64) -> StackProfile {
        var profile = StackProfile(valueKinds: [.samples, configuration.mode.timeKind])
        profile.recording.durationNanoseconds = duration
        profile.recording.startNanoseconds =
            MeasurementClock.calendarNanoseconds(at: MeasurementClock.now) &- duration
        if configuration.mode == .onCPU {
            profile.recording.period = 1_000_000_000 / configuration.frequency
            profile.recording.periodKind = .cpuNanoseconds
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
