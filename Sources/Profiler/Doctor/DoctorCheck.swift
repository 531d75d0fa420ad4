/// One thing uprof needs of the host, and whether it is there.
package struct DoctorCheck: Sendable, Equatable {
    /// What is needed: "BTF", "uprobes".
    package let subject: String
    /// Whether it is there.
    package let status: Status
    /// What was found.
    package let finding: String
    /// What to do about it; nil where all is well.
    package let remedy: String?

    /// Whether something is there.
    package enum Status: String, Sendable {
        /// All is well.
        case ok
        /// It works, less well.
        case limited
        /// `uprof attach` cannot work without.
        case missing
    }

    static func ok(_ subject: String, _ finding: String) -> Self {
        Self(subject: subject, status: .ok, finding: finding, remedy: nil)
    }

    static func limited(_ subject: String, _ finding: String, remedy: String) -> Self {
        Self(subject: subject, status: .limited, finding: finding, remedy: remedy)
    }

    static func missing(_ subject: String, _ finding: String, remedy: String) -> Self {
        Self(subject: subject, status: .missing, finding: finding, remedy: remedy)
    }
}
