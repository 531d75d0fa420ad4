internal import Bytes

/// The calls that were inlined into a function, by their addresses.
final class InlineTable: Sendable {
    /// A call that was inlined.
    struct Call: Sendable {
        /// The call it was inlined into; -1 for the function itself.
        let parent: Int32
        /// What was called; its own entry, where it does not tell.
        let origin: EntryReference
        /// The file of the call, as the line table of the unit numbers it; 0 if not told.
        let file: UInt64?
        /// The line of the call; 0 if not told.
        let line: UInt64
        /// The column of the call; 0 if not told.
        let column: UInt64
    }

    /// Whether nothing was inlined.
    var isEmpty: Bool { calls.isEmpty }

    private let calls: [Call]
    private let map: AddressMap

    init(calls: [Call], ranges: [AddressMap.Entry]) {
        self.calls = calls
        map = AddressMap(ranges)
    }

    /// Calls `body` with the inlined calls an address is in, the innermost first.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - extent: Is narrowed to addresses that are in the same calls.
    ///   - body: Is given each call.
    func forEach(at address: UInt64, _ extent: inout Range<UInt64>, _ body: (Call) -> Void) {
        guard let innermost = map.value(at: address, &extent) else { return }
        var index = Int(innermost)
        // A parent comes before its children, so this ends.
        while index >= 0 {
            body(calls[index])
            index = Int(calls[index].parent)
        }
    }
}
