extension LoadedImage {
    /// Says that many addresses will be looked up: what finds them fastest is then made at once,
    /// rather than what finds the first one soonest.
    package func expectMany() { finder.expectMany() }

    /// The functions an address of the image belongs to, and where they are in the source.
    ///
    /// - Parameters:
    ///   - address: An address as the image states it, before it is loaded.
    ///   - inlines: Whether functions that were inlined are wanted, or only the one around them,
    ///     which then has the place of the code rather than that of the call.
    /// - Returns: What is known, and the reasons for what is not.
    package func location(of address: Address, inlines: Bool = true) -> CodeLocation {
        var extent = Range.everywhere
        return location(of: address, inlines: inlines, &extent)
    }

    /// The same, with the addresses around that are of the same functions and lines: `extent` is narrowed
    /// to those of which all is the same but for the address itself, offsets and columns.
    package func location(
        of address: Address, inlines: Bool, _ extent: inout Range<UInt64>
    ) -> CodeLocation {
        linkageStub(at: address, &extent)
            ?? finder.location(of: address, inlines: inlines, &extent)
    }

    /// The stub of a linkage table that an address is in. No debugging information describes it: what is
    /// costly to open stays closed.
    private func linkageStub(
        at address: Address, _ extent: inout Range<UInt64>
    ) -> CodeLocation? {
        guard linkageRanges.contains(where: { $0.contains(address.rawValue) }),
            let stub = linkageTables.lookup(address)
        else { return nil }
        let start = stub.address.rawValue
        extent.narrow(to: start..<start + stub.size)
        let offset = address.rawValue - start
        return CodeLocation(
            address: address, modulePath: image.name, fileOffset: image.fileOffset(of: address),
            frames: [.init(name: stub.name, isInlined: false, offset: offset)],
            unknownLine: .linkageTable)
    }

    /// The functions a place in the file of the image belongs to.
    package func location(of offset: FileOffset, inlines: Bool = true) -> CodeLocation {
        guard let address = image.address(of: offset) else {
            return CodeLocation(
                address: Address(0), modulePath: image.name, fileOffset: offset,
                unknownName: .notCode, unknownLine: .notCode)
        }
        return location(of: address, inlines: inlines)
    }
}
