internal import BTFHub
internal import Bytes

extension FuzzHarness {
    /// Type information, and values of all its types: the bytes themselves.
    static let values = FuzzHarness("values") { bytes in
        guard let types = try? BTF(bytes: bytes, name: "fuzz") else { return }
        _ = try? types.variable(named: "sample")
        // The time is in proportion to the number of types and the largest layout.
        for number in 1..<min(max(types.typeCount, 1), 64) {
            guard let layout = try? ValueLayout(of: BTFTypeID(UInt32(number)), in: types) else {
                continue
            }
            for field in layout.fields {
                _ = field.value(in: bytes.span.bytes, byteOrder: types.byteOrder)
                _ = field.kind.encoded(.min, byteOrder: types.byteOrder)
            }
        }
    }
}
