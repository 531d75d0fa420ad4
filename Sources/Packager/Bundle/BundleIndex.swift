internal import Bytes

/// The list of a payload's entries, in the order of their bytes.
///
/// A count of 4 bytes, then for each entry: kind and length of the name (2 bytes each), 4 zero
/// bytes, offset in the payload and size (8 each), SHA-256 (32), the name, zeros up to a multiple
/// of 8.
struct BundleIndex: Hashable {
    var entries: [BundleEntry]

    /// The bytes of the index.
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(UInt32(entries.count))
        bytes.appendLittleEndian(UInt32(0))
        for entry in entries {
            bytes.appendLittleEndian(entry.kind.rawValue)
            bytes.appendLittleEndian(UInt16(entry.name.utf8.count))
            bytes.appendLittleEndian(UInt32(0))
            bytes.appendLittleEndian(UInt64(entry.range.lowerBound))
            bytes.appendLittleEndian(UInt64(entry.range.count))
            bytes += entry.digest + Array(entry.name.utf8)
            bytes.pad(to: 8)
        }
        return bytes
    }

    init(entries: [BundleEntry]) {
        self.entries = entries
    }

    /// Decodes an index.
    ///
    /// - Parameters:
    ///   - cursor: The bytes of the index, all of them.
    ///   - end: Where the entries' bytes end in the payload.
    /// - Throws: `Fault`, if an entry is not what a writer makes: there is one way to write it.
    init(parsing cursor: inout ByteCursor, end: Int) throws(Fault) {
        do {
            let count = try cursor.readUInt32()
            _ = try cursor.readUInt32()
            guard count <= BundleLayout.maximumEntryCount else {
                throw Fault("\(count) entries")
            }
            var entries: [BundleEntry] = []
            for _ in 0..<count {
                entries.append(try Self.entry(parsing: &cursor, end: end))
            }
            self.entries = entries
        } catch let error as Fault {
            throw error
        } catch {
            throw Fault("the index ends early")
        }
    }

    private static func entry(
        parsing cursor: inout ByteCursor, end: Int
    ) throws -> BundleEntry {
        let rawKind = try cursor.readUInt16()
        let nameLength = try cursor.readUInt16()
        _ = try cursor.readUInt32()
        let offset = try cursor.readUInt64()
        let size = try cursor.readUInt64()
        let digest = try cursor.readBytes(UInt64(Digest.sha256Size)).array
        let name = try cursor.readBytes(UInt64(nameLength)).text
        cursor.align(to: 8)
        guard let kind = BundleEntry.Kind(rawValue: rawKind) else {
            throw Fault("an entry of kind \(rawKind)")
        }
        guard BundleEntry.isValidName(name) else { throw Fault("an entry with a name of its own") }
        guard offset <= UInt64(end), size <= UInt64(end) - offset else {
            throw Fault("\(name) is said to be where nothing is")
        }
        return BundleEntry(
            kind: kind, name: name, range: Int(offset)..<Int(offset + size), digest: digest)
    }

    /// What is wrong with an index.
    struct Fault: Error {
        let problem: String

        init(_ problem: String) {
            self.problem = problem
        }
    }
}
