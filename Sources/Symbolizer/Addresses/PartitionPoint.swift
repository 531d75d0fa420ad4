extension RandomAccessCollection where Index == Int {
    /// The index of the first element that is not one of those at the start that have a property.
    @inlinable
    @inline(__always)
    package func partitionPoint(_ belongsToStart: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if belongsToStart(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
