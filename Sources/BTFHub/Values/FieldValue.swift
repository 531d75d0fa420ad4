/// What a field of a structure holds.
package enum FieldValue: Equatable, Sendable {
    /// A number without a sign; pointers too.
    case unsigned(UInt64)
    /// A number with a sign.
    case signed(Int64)
    case boolean(Bool)
    case real(Double)
    /// A value of an enumeration that has a name.
    case enumerator(String)
    /// An array of characters, whole: what is behind a zero is there too.
    case characters([UInt8])
    /// An array of numbers.
    case list([FieldValue])
}
