internal import Bytes
internal import SystemPackage

extension BuildID {
    /// The identity of the running kernel, by the notes it tells (`/sys/kernel/notes`); nil where it
    /// does not.
    package static let ofKernel: BuildID? = {
        guard let file = try? FileDescriptor.open("/sys/kernel/notes", .readOnly) else {
            return nil
        }
        defer { try? file.close() }
        var bytes = [UInt8](repeating: 0, count: 4096)
        guard let count = try? bytes.withUnsafeMutableBytes({ try file.read(into: $0) }) else {
            return nil
        }
        let notes = ELFNotes.parse(
            bytes.span.bytes.extracting(0..<count), byteOrder: .little, alignment: 4)
        return notes.lazy.compactMap(\.buildID).first
    }()
}
