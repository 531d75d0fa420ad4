/// A name for a value of an enumeration (`struct btf_enum`, `struct btf_enum64`).
package struct BTFEnumerator: Hashable, Sendable {
    /// Where its name is among the strings.
    package let nameOffset: UInt32
    /// Its value, extended to 64 bits by its sign if the enumeration has one.
    package let value: UInt64
}
