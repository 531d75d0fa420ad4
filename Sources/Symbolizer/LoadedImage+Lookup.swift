extension LoadedImage {
    /// The function an address is in, by symbol tables first, and then by all else that names
    /// code: stubs of linkage tables, and the table of a stripped Go program.
    package func lookup(_ address: Address) -> SymbolIndex.Lookup {
        let found = functions.index.lookup(address)
        guard case .unknown(let reason) = found, reason != .notCode else { return found }
        guard let other = linkageTables.lookup(address) ?? goFunctions?.lookup(address) else {
            return found
        }
        return .function(other, offset: address.rawValue - other.address.rawValue)
    }
}
