internal import Synchronization

/// The sections of an image whose bytes are not those of the file: decompressed, relocated.
final class MadeSections: Sendable {
    private let sections = Mutex<[Int: SectionBytes?]>([:])

    /// The bytes of the section of a number, made when they are first asked for, once.
    ///
    /// Under the lock: a section takes up to a second, and two threads want the same one.
    func bytes(of section: Int, make: () -> SectionBytes?) -> SectionBytes? {
        sections.withLock { sections in
            if let known = sections[section] { return known }
            let bytes = make()
            sections[section] = .some(bytes)
            return bytes
        }
    }
}
