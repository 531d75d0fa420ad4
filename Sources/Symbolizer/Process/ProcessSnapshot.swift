/// The memory of a process at a moment: a value that stays true after the process has exited.
///
/// Files behind it can be reached as long as the process runs; a ``Symbolizer`` that has seen
/// the snapshot before keeps them open beyond that.
package struct ProcessSnapshot: Sendable {
    /// The process.
    package let process: ProcessInfo
    /// All of its memory, in the order of the addresses.
    package let mappings: [ProcessMapping]
    /// The files of whose code it has mapped some.
    package let images: [MappedImage]

    private let imageNumbers: [FileIdentity: Int]

    /// Takes a snapshot of a process.
    ///
    /// - Throws: `ProcessError` if it does not exist, has no program to profile, or may not be
    ///   examined.
    package init(of process: ProcessID) throws(ProcessError) {
        let info = try ProcessInfo(of: process)
        let mappings = Array(try ProcessMappings(of: process))
        // A process that ends while it is looked at loses its memory before its ID.
        guard !mappings.isEmpty else { throw ProcessError(process: process, reason: .zombie) }
        let locator = ImageLocator(files: ProcessFiles(process: process))
        self.init(process: info, mappings: mappings, images: locator.images(in: mappings))
    }

    init(process: ProcessInfo, mappings: [ProcessMapping], images: [MappedImage]) {
        self.process = process
        self.mappings = mappings
        self.images = images
        imageNumbers = Dictionary(
            images.enumerated().map { ($1.file, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The mapping an address is in.
    package func mapping(of address: Address) -> ProcessMapping? {
        var (low, high) = (0, mappings.count)
        while low < high {
            let middle = low + (high - low) / 2
            if mappings[middle].end <= address { low = middle + 1 } else { high = middle }
        }
        return low < mappings.count && mappings[low].contains(address) ? mappings[low] : nil
    }

    /// The image whose code an address is in, and where it is in the image's file.
    package func location(of address: Address) -> (image: MappedImage, offset: FileOffset)? {
        guard let mapping = mapping(of: address), let offset = mapping.fileOffset(of: address),
            let number = imageNumbers[mapping.file]
        else { return nil }
        return (images[number], offset)
    }
}
