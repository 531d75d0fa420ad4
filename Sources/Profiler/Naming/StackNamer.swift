internal import Report
internal import Symbolizer

/// Names the stacks of probed functions.
struct StackNamer {
    private var namer: FrameNamer

    init(symbolizer: Symbolizer) {
        namer = FrameNamer(symbolizer: symbolizer)
    }

    /// The frames of a call, root first, with the function itself as the leaf.
    mutating func frames(
        of stack: SampledStack, function: FunctionProbe, in snapshot: ProcessSnapshot?,
        process: ProcessID, images: RecordedImages
    ) -> [Frame] {
        namer.frames(of: stack, process: process, snapshot: snapshot, images: images)
            + [Frame(function.name, module: function.module)]
    }
}
