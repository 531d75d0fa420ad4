internal import Bytes

/// The sections of a file that have debugging information; those it lacks are empty.
struct DebugSections: Sendable {
    /// The entries: `.debug_info`.
    let info: SectionBytes
    /// The shapes of entries: `.debug_abbrev`.
    let abbreviations: SectionBytes
    /// Strings: `.debug_str`.
    let strings: SectionBytes
    /// Strings of line tables: `.debug_line_str`.
    let lineStrings: SectionBytes
    /// The offsets that indices of strings stand for: `.debug_str_offsets`.
    let stringOffsets: SectionBytes
    /// The line programs: `.debug_line`.
    let lines: SectionBytes
    /// The addresses that indices stand for: `.debug_addr`.
    let addresses: SectionBytes
    /// Range lists before DWARF 5: `.debug_ranges`.
    let ranges: SectionBytes
    /// Range lists of DWARF 5: `.debug_rnglists`.
    let rangeLists: SectionBytes

    /// Takes the sections of a file; in split files, their names end with `.dwo`.
    init(_ source: any SectionSource, suffix: String = "") {
        func section(_ name: String) -> SectionBytes {
            source.sectionBytes(named: name + suffix) ?? SectionBytes(contents: [])
        }
        info = section(".debug_info")
        abbreviations = section(".debug_abbrev")
        strings = section(".debug_str")
        lineStrings = section(".debug_line_str")
        stringOffsets = section(".debug_str_offsets")
        lines = section(".debug_line")
        addresses = section(".debug_addr")
        ranges = section(".debug_ranges")
        rangeLists = section(".debug_rnglists")
    }
}
