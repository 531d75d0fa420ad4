internal import Bytes

/// Names without their flavor: `task_struct___old` is another declaration of `task_struct`.
///
/// The flavor begins at the last three underscores that have neither before nor after them another
/// one (`bpf_core_essential_name_len`).
enum EssentialName {
    /// How many bytes of a name are without flavor.
    static func length(of name: RawSpan) -> Int {
        name.withUnsafeBytes { name in
            let underscore = UInt8(ascii: "_")
            // Five bytes: one before, three underscores, one after.
            var start = name.count - 5
            while start >= 0 {
                if name[start + 1] == underscore, name[start + 2] == underscore,
                    name[start + 3] == underscore, name[start] != underscore,
                    name[start + 4] != underscore
                {
                    return start + 1
                }
                start -= 1
            }
            return name.count
        }
    }

    /// A name without its flavor.
    @_lifetime(copy name)
    static func of(_ name: RawSpan) -> RawSpan {
        name.extracting(0..<length(of: name))
    }

    /// Whether two names are the same but for their flavors.
    static func areEqual(_ left: RawSpan, _ right: RawSpan) -> Bool {
        let left = of(left)
        let right = of(right)
        return left.byteCount == right.byteCount && left.hasBytes(right, at: 0)
    }
}
