/// Where a variable is in its section (`struct btf_var_secinfo`).
package struct BTFVariableRange: Hashable, Sendable {
    /// The variable.
    package let variable: BTFTypeID
    /// Where it starts, in bytes.
    package let offset: UInt32
    /// How many bytes it has.
    package let size: UInt32
}
