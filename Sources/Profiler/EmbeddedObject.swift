package import Bytes
internal import CProbeObjects
internal import Compression

/// The compiled BPF programs that are part of this executable.
package enum EmbeddedObject: String, Sendable {
    /// Those of `uprof attach`, but for session links.
    case attach
    /// Those of `uprof attach` and session links, which need the kernel's own types.
    case attachWithSession = "attach-with-session"
    /// Those of `uprof attach` for old kernels.
    case attachLegacy = "attach-legacy"
    /// Those of `uprof record`.
    case record
    /// Those of `uprof record` for old kernels.
    case recordLegacy = "record-legacy"

    /// The object file.
    package var file: MappedFile {
        self == .attachLegacy
            ? MappedFile(contents: Self.decompressed(storedBytes))
            : MappedFile(contents: storedBytes)
    }

    /// The bytes that this executable has of it.
    package var storedBytes: [UInt8] {
        let (start, count) =
            switch self {
            case .attach:
                (
                    uprof_attach_object_without_session,
                    uprof_attach_object_without_session_size
                )
            case .attachWithSession: (uprof_attach_object, uprof_attach_object_size)
            case .attachLegacy: (uprof_attach_legacy_object, uprof_attach_legacy_object_size)
            case .record: (uprof_record_object, uprof_record_object_size)
            case .recordLegacy: (uprof_record_legacy_object, uprof_record_legacy_object_size)
            }
        return Array(UnsafeBufferPointer(start: start, count: count))
    }

    private static func decompressed(_ bytes: [UInt8]) -> [UInt8] {
        var whole: [UInt8] = []
        do {
            try Inflater().inflate(bytes) { whole += $0 }
        } catch {
            preconditionFailure("an object of this executable is damaged: \(error)")
        }
        return whole
    }
}
