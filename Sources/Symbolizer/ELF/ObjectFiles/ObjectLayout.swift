/// Gives the sections of an object file addresses, which only linking would.
///
/// The first section of code is at 0, so that in a file with one an address is the offset in it,
/// as other tools have it; others follow, then data.
enum ObjectLayout {
    /// More than any instruction needs, and any section of code in practice asks for.
    private static let alignment: UInt64 = 16

    /// The sections with their addresses; those that are not loaded stay at 0.
    static func laidOut(_ sections: [ELFSection]) -> [ELFSection] {
        var result = sections
        var next: UInt64 = 0
        let code = sections.indices.filter { sections[$0].isExecutable }
        let data = sections.indices.filter { !sections[$0].isExecutable }
        for index in code + data where sections[index].isAllocated {
            result[index] = sections[index].moved(to: next)
            let (end, overflow) = next.addingReportingOverflow(sections[index].size)
            // What does not fit 64 bits is damage; it stays at 0.
            guard !overflow, end <= UInt64.max - alignment else { return result }
            next = (end + alignment - 1) & ~(alignment - 1)
        }
        return result
    }
}
