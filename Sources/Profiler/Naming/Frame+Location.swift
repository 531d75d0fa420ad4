internal import Report
internal import Symbolizer

extension Frame {
    /// The frames of an address, root first: the function, and what was inlined into it there.
    ///
    /// - Parameters:
    ///   - location: What is known about the address.
    ///   - kind: The kind of the code.
    /// - Returns: At least one frame, of no module yet; without a name where none is known.
    static func frames(at location: CodeLocation, kind: Kind = .user) -> [Frame] {
        guard !location.frames.isEmpty else { return [Frame("", kind: kind)] }
        return location.frames.reversed().map { function in
            var frame = Frame("", kind: function.isInlined ? .inlined : kind)
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

    /// The frame with a module, or where else it is; it gets the name `[unknown in module]` if it has
    /// none.
    func inModule(_ module: String) -> Frame {
        var frame = self
        frame.module = module
        if name.isEmpty { frame.name = module.isEmpty ? "[unknown]" : "[unknown in \(module)]" }
        return frame
    }
}
