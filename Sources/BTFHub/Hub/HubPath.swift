internal import Glibc
package import SystemPackage

/// Where a hub is if nobody says.
package enum HubPath {
    /// `UPROF_BTF_HUB`, else `~/.local/share/uprof/btf` (XDG_DATA_HOME is honored).
    package static var standard: FilePath {
        if let path = variable("UPROF_BTF_HUB") { return FilePath(path) }
        let data =
            variable("XDG_DATA_HOME").map { FilePath($0) }
            ?? FilePath(variable("HOME") ?? "/root").appending(".local/share")
        return data.appending("uprof/btf")
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
