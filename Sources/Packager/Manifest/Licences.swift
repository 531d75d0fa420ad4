internal import CLicences

/// The licences of what every bundle carries.
package enum Licences {
    /// Their texts, by the names of entries.
    package static var texts: [(name: String, text: [UInt8])] {
        [
            ("LICENSE", bytes(uprof_licence, uprof_licence_size)),
            ("LIBRARIES", bytes(uprof_library_licences, uprof_library_licences_size)),
        ]
    }

    private static func bytes(_ start: UnsafePointer<UInt8>, _ count: Int) -> [UInt8] {
        Array(UnsafeBufferPointer(start: start, count: count))
    }
}
