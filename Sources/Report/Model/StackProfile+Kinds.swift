extension StackProfile {
    /// The kind of values of a name; if nil, the profile's default, or else the first one.
    ///
    /// - Parameters:
    ///   - name: The name, or nil.
    ///   - path: The profile's file, for the message.
    /// - Returns: A kind of the profile.
    /// - Throws: `FormatError` if the profile has no such values.
    package func kind(named name: String?, path: String) throws(FormatError) -> ValueKind {
        guard let first = valueKinds.first else {
            throw FormatError(path: path, reason: .withoutSamples)
        }
        guard let name else {
            return valueKinds.first { $0.name == recording.defaultKind } ?? first
        }
        guard let kind = valueKinds.first(where: { $0.name == name }) else {
            let others = valueKinds.map(\.name).joined(separator: ", ")
            throw FormatError(path: path, reason: .withoutValues(name, has: others))
        }
        return kind
    }

    /// What to say where a kind counts that nobody has asked for, and that is not the usual one.
    func remark(onCounting kind: ValueKind, asked name: String?) -> String? {
        let others = valueKinds.filter { $0 != kind }.map(\.name)
        guard name == nil, !others.isEmpty, kind != .samples, kind != .calls else { return nil }
        return
            "only values of \(kind.name) count; --value also takes \(others.joined(separator: ", "))"
    }
}
