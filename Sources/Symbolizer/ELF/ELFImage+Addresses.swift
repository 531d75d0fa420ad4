extension ELFImage {
    /// The file offset of the byte at an address of the image, or nil if the file has none there.
    ///
    /// The two differ by a distance of each segment's own: `p_vaddr - p_offset`, which lld makes
    /// different for every one.
    package func fileOffset(of address: Address) -> FileOffset? {
        guard kind == .relocatable else {
            return ELFHeaders.fileOffset(of: address.rawValue, in: segments).map { FileOffset($0) }
        }
        let section = section(containing: address)
        guard let section, section.kind != .noBits else { return nil }
        return FileOffset(section.offset &+ (address.rawValue - section.address))
    }

    /// The address the byte at a file offset is loaded to, or nil if it is not loaded.
    ///
    /// Where two segments share a page of the file, the executable one is meant.
    package func address(of offset: FileOffset) -> Address? {
        if kind == .relocatable { return addressInSection(of: offset) }
        let loaded = segments.filter { $0.kind == .load }
        for segment in loaded.filter(\.isExecutable) + loaded.filter({ !$0.isExecutable }) {
            guard let distance = segment.distance(toOffset: offset.rawValue) else { continue }
            let (address, overflow) = segment.address.addingReportingOverflow(distance)
            if !overflow { return Address(address) }
        }
        return nil
    }

    private func addressInSection(of offset: FileOffset) -> Address? {
        let section = sections.first {
            $0.isAllocated && $0.kind != .noBits && offset.rawValue >= $0.offset
                && offset.rawValue - $0.offset < $0.size
        }
        return section.map { Address($0.address &+ (offset.rawValue - $0.offset)) }
    }

    /// Whether the address is in a segment that is executed and has its bytes in the file; in an
    /// object file, which has no segments, in a section of code.
    package func isExecutable(_ address: Address) -> Bool {
        if kind == .relocatable { return section(containing: address)?.isExecutable == true }
        return segments.contains {
            $0.kind == .load && $0.isExecutable && $0.distance(to: address.rawValue) != nil
        }
    }
}
