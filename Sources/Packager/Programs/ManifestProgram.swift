/// A program of an object, and where it is to run.
package struct ManifestProgram: Equatable, Sendable {
    /// Its name in the object.
    package let name: String
    /// Where it is attached: the first of these that the kernel takes.
    package let places: [AttachPoint]
    /// Whether nothing runs if it cannot be attached.
    package let isRequired: Bool
    /// The program in whose place it is: it runs only if that one could not be attached.
    package let alternativeTo: String?

    /// Describes one.
    package init(
        name: String, places: [AttachPoint], isRequired: Bool = true, alternativeTo: String? = nil
    ) {
        self.name = name
        self.places = places
        self.isRequired = isRequired
        self.alternativeTo = alternativeTo
    }
}

extension ManifestProgram {
    /// Reads one: `name`, `attach` and, if they are there, `required` and `unless`.
    init(_ table: inout ManifestTable) throws(ManifestTable.Fault) {
        name = try table.identifier("name")
        let texts = try table.stringOrStrings("attach")
        guard !texts.isEmpty else { throw table.fault("attach", "is to name a place") }
        var places: [AttachPoint] = []
        for text in texts {
            guard let place = AttachPoint(text) else {
                throw table.fault("attach", "\(text.debugDescription) is \(AttachPoint.advice)")
            }
            places.append(place)
        }
        self.places = places
        isRequired = try table.booleanIfThere("required") ?? true
        alternativeTo = try table.stringIfThere("unless")
        try table.finish()
    }
}
