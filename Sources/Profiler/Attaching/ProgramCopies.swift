internal import LibBPF

/// The programs for old kernels, which know the place they are attached to by a number that is part
/// of them: a copy for each number.
final class ProgramCopies {
    private struct Key: Hashable {
        let program: ProbeProgram
        let cookie: UInt64
    }

    /// A box, since dictionaries hold no values that cannot be copied.
    private final class Box {
        let copy: BPFProgramCopy

        init(_ copy: consuming BPFProgramCopy) {
            self.copy = copy
        }
    }

    /// `UPROF_COOKIE_PLACEHOLDER` of uprof_abi.h, whose definition Swift does not import.
    private static let placeholder: UInt64 = 0x6469_652d_7570_726f

    private var copies: [Key: Box] = [:]

    /// Attaches the copy of a program for a site's cookie to the site.
    ///
    /// - Throws: `BPFError` if the kernel refuses the program or the site.
    func attach(
        _ program: ProbeProgram, of object: borrowing BPFObject, to site: UprobeSite,
        byTracefs: Bool, links: inout BPFLinks
    ) throws(BPFError) {
        let key = Key(program: program, cookie: site.cookie)
        let box: Box
        if let known = copies[key] {
            box = known
        } else {
            box = Box(
                try object.copy(
                    program: program.rawValue, replacing: Self.placeholder, by: site.cookie))
            copies[key] = box
        }
        try links.attach(box.copy, to: site, byTracefs: byTracefs)
    }

    /// How many probe hits the kernel has passed over.
    var missedRuns: UInt64 { copies.values.reduce(0) { $0 + $1.copy.missedRuns } }
}
