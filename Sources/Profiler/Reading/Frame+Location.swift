internal import Report
internal import Symbolizer

extension Frame {
    /// The frames of an address, root first: the function, and what was inlined into it there.
    ///
    /// - Parameters:
    ///   - location: What is known about the address.
    ///   - module: The name of the module, or where the address is, if there is no module.
    ///   - kind: The kind of the code.
    /// - Returns: At least one frame, `[unknown in module]` where nothing is known.
    static func frames(at location: CodeLocation, module: String, kind: Kind = .user) -> [Frame] {
        guard !location.frames.isEmpty else { return [frame(unknownIn: module, kind: kind)] }
        return location.frames.reversed().map { function in
            var frame = frame(unknownIn: module, kind: function.isInlined ? .inlined : kind)
            if let name = function.name {
                frame.name = Demangler.baseName(name) ?? name
                frame.linkageName = name == frame.name ? "" : name
            }
            if let position = function.position {
                frame.file = position.file
                frame.line = UInt64(max(position.line, 0))
            }
            return frame
        }
    }

    private static func frame(unknownIn module: String, kind: Kind) -> Frame {
        Frame(module.isEmpty ? "[unknown]" : "[unknown in \(module)]", module: module, kind: kind)
    }
}
