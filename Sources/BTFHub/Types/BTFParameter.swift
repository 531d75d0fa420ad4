/// A parameter of a function prototype (`struct btf_param`).
package struct BTFParameter: Hashable, Sendable {
    /// Where its name is among the strings; 0 for none.
    package let nameOffset: UInt32
    /// Its type; void stands for `...` as the last one.
    package let type: BTFTypeID
}
