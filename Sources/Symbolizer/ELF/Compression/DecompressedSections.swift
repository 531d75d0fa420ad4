internal import Synchronization

/// The compressed sections of an image that were read, each decompressed once.
final class DecompressedSections: Sendable {
    private let sections = Mutex<[Int: SectionBytes?]>([:])

    /// The bytes of the section of a number, made when they are first asked for.
    ///
    /// Under the lock: a section takes up to a second, and two threads want the same one.
    func bytes(of section: Int, decompress: () -> SectionBytes?) -> SectionBytes? {
        sections.withLock { sections in
            if let known = sections[section] { return known }
            let bytes = decompress()
            sections[section] = .some(bytes)
            return bytes
        }
    }
}
