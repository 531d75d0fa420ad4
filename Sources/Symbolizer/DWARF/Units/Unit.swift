internal import Bytes
internal import Synchronization

/// A unit that can have code, and what has been decoded of it: nothing before it is asked for.
final class Unit: Sendable {
    /// The file it is in.
    let file: DebugFile
    /// What it begins with.
    let header: UnitHeader
    /// What its first entry tells.
    let root: UnitRoot
    /// Of a split unit, the skeleton, which has its addresses and lines.
    let skeleton: Unit?
    /// Where the image has code.
    let code: CodeRanges

    private let quickFunctions = Lazy<FunctionTable>()
    private let thoroughFunctions = Lazy<FunctionTable>()
    private let lineHeader = Lazy<LineHeader?>()
    private let lineRows = Lazy<LineRows>()
    private let splitUnit = Lazy<Unit?>()
    private let paths = Mutex<[UInt64: String?]>([:])

    /// Reads the first entry of a unit, or fails if it cannot be read.
    init?(_ header: UnitHeader, in file: DebugFile, code: CodeRanges, skeleton: Unit? = nil) {
        guard let root = UnitRoot(of: header, in: file) else { return nil }
        self.file = file
        self.header = header
        self.root = root
        self.code = code
        self.skeleton = skeleton
    }

    /// How many ranges its entries can have: an entry with a list takes more bytes than one, and
    /// a list has few.
    var rangeBudget: Int { 4096 + Int(clamping: header.end - header.offset) }

    /// Its functions, those within others left out where there is a short way around them.
    var functions: FunctionTable {
        quickFunctions.value { FunctionTable(of: self, isThorough: false) }
    }

    /// All its functions.
    var allFunctions: FunctionTable {
        thoroughFunctions.value { FunctionTable(of: self, isThorough: true) }
    }

    /// Which lines its code is of.
    var rows: LineRows {
        lineRows.value {
            guard let header = linesHeader else { return LineRows() }
            var program = LineProgram(header, code: code)
            let lines = file.sections.lines
            return program.run(lines.bytes)
        }
    }

    /// Whether its entries are in a split file.
    var isSplit: Bool { root.splitID != nil }

    /// The unit with its entries, if they are in a split file, which is asked for once.
    func split(_ find: (Unit) -> Unit?) -> Unit? {
        splitUnit.value { find(self) }
    }

    /// The path of a file of its line table: absolute, if the unit tells its directory.
    func path(ofFile number: UInt64) -> String? {
        paths.withLock { paths in
            if let path = paths[number] { return path }
            let path = makePath(ofFile: number)
            paths[number] = .some(path)
            return path
        }
    }

    private var linesHeader: LineHeader? {
        lineHeader.value {
            guard let offset = root.lineProgram else { return nil }
            let lines = file.sections.lines
            return LineHeader(
                parsing: lines.bytes, at: offset, addressSize: header.encoding.addressSize)
        }
    }

    private func makePath(ofFile number: UInt64) -> String? {
        guard let lines = linesHeader, let entry = lines.file(number),
            let name = lineText(entry.name)
        else { return nil }
        let directory = lines.directory(entry.directory).flatMap { lineText($0) }
        let parts = [text(root.compilationDirectory), directory, name].compactMap(\.self)
        // Each absolute part replaces what is before it.
        return parts.reduce("") { path, part in
            if path.isEmpty || part.hasPrefix("/") { return part }
            return path.hasSuffix("/") ? path + part : path + "/" + part
        }
    }

    private func lineText(_ location: StringLocation) -> String? {
        file.text(
            location, of: header, stringOffsetsBase: root.stringOffsetsBase, isInLines: true)
    }
}
