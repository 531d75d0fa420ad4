extension StackProfile {
    /// The kind of values of a name; the first one if nil.
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
        guard let name else { return first }
        guard let kind = valueKinds.first(where: { $0.name == name }) else {
            let others = valueKinds.map(\.name).joined(separator: ", ")
            throw FormatError(path: path, reason: .withoutValues(name, has: others))
        }
        return kind
    }
}
