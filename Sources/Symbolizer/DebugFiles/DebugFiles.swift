/// The files that describe the code of an image: itself, or its debug file.
package struct DebugFiles: Sendable {
    /// The file with the DWARF or, failing that, the symbols.
    package let file: ELFImage
    /// The file with what it has in common with others, if it needs one.
    package let supplement: ELFImage?
    /// What is added to an address of the image to get one of the file.
    package let bias: UInt64
    /// What was found and is not used, and what was not found.
    package let problems: [DebugFileProblem]
    /// Whether the file is another one than the image.
    package let isSeparate: Bool

    /// The image itself, which has DWARF.
    init(of image: ELFImage, at place: ImagePlace?, search: DebugFileSearch) {
        let supplements = DebugFileLocator.supplements(of: image, at: place, search: search)
        file = image
        supplement = supplements.first
        bias = 0
        problems = Self.missingSupplement(of: image, found: supplements)
        isSeparate = false
    }

    /// The best of the files that were found: one with DWARF, or else one with symbols, or else
    /// the image.
    init(of image: ELFImage, found: DebugFileLocator, search: DebugFileSearch) {
        var problems = found.problems
        var usable: [DebugFileCandidate] = []
        for candidate in found.candidates {
            if let objection = candidate.objection {
                problems.append(objection)
                continue
            }
            usable.append(candidate)
            if candidate.image.hasDebugInformation { break }
        }
        if usable.last?.image.hasDebugInformation != true, let client = search.debuginfod {
            switch client.debugFile(of: image) {
            case .success(let file): usable.append(file)
            case .failure(let problem): problems.append(problem)
            }
        }
        let chosen = usable.last { $0.image.hasDebugInformation } ?? usable.first
        file = chosen?.image ?? image
        isSeparate = chosen != nil
        bias = chosen.map { image.bias(to: $0.image) } ?? 0
        var supplements = chosen?.supplements ?? []
        if supplements.isEmpty, let link = file.supplementaryLink, let client = search.debuginfod,
            case .success(let image) = client.image(of: link.buildID, for: file.name)
        {
            supplements.append(image)
        }
        supplement = supplements.first
        if let chosen, !chosen.image.hasDebugInformation {
            problems.append(.empty(path: chosen.image.name))
        }
        self.problems = problems + Self.missingSupplement(of: file, found: supplements)
    }

    private static func missingSupplement(
        of file: ELFImage, found: [ELFImage]
    ) -> [DebugFileProblem] {
        guard found.isEmpty, let link = file.supplementaryLink else { return [] }
        return [.noSupplement(path: link.path, link.buildID)]
    }
}

extension ELFImage {
    /// What is added to an address of this image to get that of the same code in its debug file.
    ///
    /// It is zero but for images that were moved after their debug files were made (prelink).
    func bias(to debugFile: ELFImage) -> UInt64 {
        for section in sections where section.isAllocated && section.isExecutable {
            let same = debugFile.sections.first {
                $0.name == section.name && $0.size == section.size && $0.isExecutable
            }
            if let same { return same.address &- section.address }
        }
        let segment = segments.first { $0.kind == .load }
        let other = debugFile.segments.first { $0.kind == .load }
        guard let segment, let other else { return 0 }
        return other.address &- segment.address
    }
}
