/// One file of a bundle's payload.
package struct BundleEntry: Hashable, Sendable {
    /// What an entry is to the program that runs the bundle.
    package enum Kind: UInt16, Hashable, Sendable, CaseIterable {
        /// The manifest: what to run, and how.
        case manifest = 1
        /// A BPF object.
        case object = 2
        /// Minimized BTF for many kernels (`.uprofbtf`).
        case btf = 3
        /// The text of a licence.
        case licence = 4
    }

    /// What it is.
    package let kind: Kind
    /// Its name: letters, digits, `.`, `_`, `-` and `+`, not starting with a dot.
    package let name: String
    /// Where its bytes are in the payload.
    let range: Range<Int>
    /// The SHA-256 of its bytes.
    package let digest: [UInt8]

    /// Its size, in bytes.
    package var size: Int { range.count }

    /// Whether a name is one: it may become a file's, so no path is.
    static func isValidName(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard let first = bytes.first, first != UInt8(ascii: "."),
            bytes.count <= BundleLayout.maximumNameLength
        else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: ".-_+".utf8.contains(byte)
            }
        }
    }
}
