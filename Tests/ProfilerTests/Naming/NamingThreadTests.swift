import Report
import Symbolizer
import SystemPackage
import TestSupport
import Testing

@testable import Profiler

/// Frames are named while a recording goes on, and get the names they would get at its end.
@Suite(.serialized) struct NamingThreadTests {
    /// A frame for each function of an image that has symbols.
    private static func frames(of image: LoadedImage) -> [ImageFrame] {
        image.functions.prefix(500).map { function in
            let address = Address(function.address.rawValue + function.size / 2)
            return ImageFrame(
                frame: StackFrame(.image(ImageNumber(1), address)), address: address,
                image: RecordedImages.Image(loaded: image, path: "/a/program"))
        }
    }

    private static func image() throws -> LoadedImage {
        try ImageCache().image(at: FilePath(TestTarget("kvstore").path))
    }

    @Test func givesTheNamesOfTheEnd() throws {
        let frames = Self.frames(of: try Self.image())
        try #require(frames.count > 50)
        let naming = NamingThread(withInlines: true)
        for start in stride(from: 0, to: frames.count, by: 50) {
            naming.request(Array(frames[start..<min(start + 50, frames.count)]))
        }
        let named = naming.finish()
        #expect(named.count == Set(frames.map(\.frame)).count)
        for frame in Self.frames(of: try Self.image()) {
            #expect(named[frame.frame] == frame.named(withInlines: true))
        }
        #expect(named.values.contains { $0.contains(where: \.isInlined) })
    }

    @Test func namesWhatIsLeftAtTheEnd() throws {
        let frames = Self.frames(of: try Self.image())
        let naming = NamingThread(withInlines: false)
        naming.request(frames)
        let named = naming.finish()
        #expect(named.count == Set(frames.map(\.frame)).count)
        #expect(!named.values.contains { $0.contains(where: \.isInlined) })
    }

    @Test func mayHaveNothingToName() {
        #expect(NamingThread(withInlines: true).finish().isEmpty)
    }

    /// A frame is handed over once, however many stacks it is in.
    @Test func asksForEachFrameOnce() {
        let frames = (1...3).map { StackFrame(.image(ImageNumber(1), Address($0))) }
        var totals = SampleTotals()
        totals.keep(
            SampledStack(frames: [frames[0], frames[1], frames[0]], end: .complete), hash: 1)
        #expect(totals.takeNewFrames() == [frames[0], frames[1]])
        totals.keep(SampledStack(frames: frames, end: .complete), hash: 2)
        #expect(totals.takeNewFrames() == [frames[2]])
        #expect(totals.takeNewFrames().isEmpty)
        totals.keep(kernelStack: [Address(1), Address(2), Address(1)], hash: 3)
        totals.keep(kernelStack: [Address(2), Address(3)], hash: 4)
        #expect(totals.takeNewKernelAddresses() == [Address(1), Address(2), Address(3)])
    }
}
