extension [UInt8] {
    /// Adds the bytes of an integer, the lowest first.
    package mutating func append(bytesOf integer: some FixedWidthInteger & BitwiseCopyable) {
        unsafe Swift.withUnsafeBytes(of: integer.littleEndian) { unsafe self += $0 }
    }
}
