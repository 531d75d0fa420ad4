extension LoadedImage {
    /// The function an address is in, by symbol tables first, and then by all else that names
    /// code.
    package func lookup(_ address: Address) -> SymbolIndex.Lookup {
        let found = functions.index.lookup(address)
        guard case .unknown(let reason) = found, reason != .notCode else { return found }
        guard let stub = linkageTables.lookup(address) else { return found }
        return .function(stub, offset: address.rawValue - stub.address.rawValue)
    }
}
