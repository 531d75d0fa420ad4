extension ProcessMapping {
    /// Reads a line of `/proc/PID/maps`, nil if it is not of this form (proc(5)):
    ///
    ///     line        = start "-" end " " permissions " " offset " " major ":" minor " " inode
    ///                   [spaces name]
    ///     permissions = ("r"|"-") ("w"|"-") ("x"|"-") ("p"|"s")
    ///     name        = path [" (deleted)"] | "[" word "]"
    ///
    /// Numbers are hexadecimal, but for the inode. A name runs to the end of the line, spaces
    /// and all; the kernel writes a line feed in it as `\012`, and nothing else in another way.
    package init?(parsing line: Substring.UTF8View) {
        var rest = line[...]
        guard let start = Self.number(&rest, radix: 16, until: "-"),
            let end = Self.number(&rest, radix: 16, until: " "), start < end,
            let permissions = Self.permissions(&rest),
            let offset = Self.number(&rest, radix: 16, until: " "),
            let major = Self.number(&rest, radix: 16, until: ":").flatMap(UInt32.init(exactly:)),
            let minor = Self.number(&rest, radix: 16, until: " ").flatMap(UInt32.init(exactly:)),
            let inode = Self.number(&rest, radix: 10, until: " ")
        else { return nil }
        let name = Self.name(rest)
        let kind = Self.kind(name: name, inode: inode)
        let suffix = " (deleted)"
        let isDeleted = kind == .file && name.hasSuffix(suffix)
        self.init(
            start: Address(start), end: Address(end), permissions: permissions,
            offset: FileOffset(offset),
            file: FileIdentity(major: major, minor: minor, inode: inode),
            path: isDeleted ? String(name.dropLast(suffix.count)) : name,
            isDeleted: isDeleted, kind: kind)
    }

    /// The number up to a separator, or to the end of the line; both are consumed.
    private static func number(
        _ rest: inout Substring.UTF8View, radix: Int, until separator: Unicode.Scalar
    ) -> UInt64? {
        let stop = rest.firstIndex(of: UInt8(ascii: separator)) ?? rest.endIndex
        // `UInt64.init` accepts a sign.
        guard let first = rest.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
            let value = UInt64(Substring(rest[..<stop]), radix: radix)
        else { return nil }
        rest = stop == rest.endIndex ? rest[stop...] : rest[rest.index(after: stop)...]
        return value
    }

    private static func permissions(_ rest: inout Substring.UTF8View) -> Permissions? {
        let letters = rest.prefix(5)
        guard letters.count == 5, letters.last == UInt8(ascii: " ") else { return nil }
        let meanings: [(Unicode.Scalar, Permissions)] = [
            ("r", .read), ("w", .write), ("x", .execute), ("s", .shared),
        ]
        var permissions: Permissions = []
        for (letter, (yes, meaning)) in zip(letters, meanings) {
            switch letter {
            case UInt8(ascii: yes): permissions.insert(meaning)
            case UInt8(ascii: "-"), UInt8(ascii: "p"): break
            default: return nil
            }
        }
        rest = rest.dropFirst(5)
        return permissions
    }

    private static func name(_ rest: Substring.UTF8View) -> String {
        let name = Array(rest.drop { $0 == UInt8(ascii: " ") })
        guard name.contains(UInt8(ascii: "\\")) else {
            return String(decoding: name, as: UTF8.self)
        }
        let escape = Array("\\012".utf8)
        var plain: [UInt8] = []
        var index = 0
        while index < name.count {
            let isEscape = name[index...].starts(with: escape)
            plain.append(isEscape ? UInt8(ascii: "\n") : name[index])
            index += isEscape ? escape.count : 1
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func kind(name: String, inode: UInt64) -> Kind {
        switch name {
        case "": return .anonymous
        case "[heap]": return .heap
        case "[vdso]": return .vdso
        case "[vsyscall]": return .vsyscall
        case "[uprobes]": return .uprobes
        default: break
        }
        if name.hasPrefix("[stack") { return .stack }
        if name.hasPrefix("[anon") || name.hasPrefix("//anon") { return .anonymous }
        // Shared anonymous memory is a file of a file system nobody can mount.
        if name.hasPrefix("/dev/zero") || name.hasPrefix("/SYSV") { return .anonymous }
        return name.hasPrefix("/") && inode != 0 ? .file : .other
    }
}
