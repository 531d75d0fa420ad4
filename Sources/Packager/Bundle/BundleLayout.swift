/// The fixed numbers of the bundle format; `docs/bundle.md` explains it.
enum BundleLayout {
    /// The section that holds the payload, so that `strip` keeps it and `readelf` shows it.
    static let sectionName = ".uprof.bundle"
    /// The last bytes of a payload are the trailer, and these are its first.
    static let magic = Array("uprof bundle\r\n\u{1a}\n".utf8)
    /// Changes with any change of the layout.
    static let version: UInt32 = 1
    /// What entries and the index begin at a multiple of, in bytes.
    static let alignment = 16
    /// More entries than any hub has kernels.
    static let maximumEntryCount = 1 << 16
    /// A name is shorter than this, in bytes.
    static let maximumNameLength = 255
}

extension [UInt8] {
    /// Appends an integer, its lowest byte first.
    mutating func appendLittleEndian(_ integer: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: integer.littleEndian) { append(contentsOf: $0) }
    }

    /// Appends zero bytes up to a multiple of an alignment.
    mutating func pad(to alignment: Int = BundleLayout.alignment) {
        while !count.isMultiple(of: alignment) { append(0) }
    }
}
