package import Bytes
internal import CProbeObjects

/// The compiled BPF programs that are part of this executable and need no types but those they are
/// given.
package enum EmbeddedObject: String, Sendable {
    /// Those of `uprof attach`, but for session links.
    case attach
    /// Those of `uprof attach` for old kernels.
    case attachLegacy = "attach-legacy"
    /// Those of `uprof record`.
    case record
    /// Those of `uprof record` for old kernels.
    case recordLegacy = "record-legacy"

    /// The object file.
    package var file: MappedFile {
        let (start, count) =
            switch self {
            case .attach:
                (
                    uprof_attach_object_without_session,
                    uprof_attach_object_without_session_size
                )
            case .attachLegacy: (uprof_attach_legacy_object, uprof_attach_legacy_object_size)
            case .record: (uprof_record_object, uprof_record_object_size)
            case .recordLegacy: (uprof_record_legacy_object, uprof_record_legacy_object_size)
            }
        return MappedFile(contents: Array(UnsafeBufferPointer(start: start, count: count)))
    }
}
