package import Report

/// What happens while the programs of others run.
package enum ObjectEvent: Sendable {
    /// They run: how many.
    case started(programs: Int)
    /// Something a person should know.
    case note(String)
    /// A record has come through a buffer.
    case record([ProgramCell], of: ProgramTable)
}

/// What came of a run.
package struct ObjectResult {
    /// What was left in maps, and what was lost.
    package let report: ProgramReport
    /// Why it ended.
    package let ending: MeasurementEnding
    /// What kept events from being told any more, if anything did.
    package let failure: (any Error)?
}
