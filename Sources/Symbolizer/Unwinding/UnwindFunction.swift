/// The rows of one function, while a table is made.
struct UnwindFunction {
    /// The first address of the function and the first one behind it.
    let addresses: Range<UInt64>
    /// Which of the collected rows are the function's.
    let rows: Range<Int>
    /// Whether its bytes have to be looked at: the entry does not say whether it is where signal
    /// handlers return to.
    let canBeTrampoline: Bool
}
