/// What an array consists of (`struct btf_array`).
package struct BTFArray: Hashable, Sendable {
    /// The type of its elements.
    package let element: BTFTypeID
    /// The type of the index; of no use but for completeness.
    package let index: BTFTypeID
    /// How many elements it has; 0 also for a flexible one.
    package let count: UInt32
}
