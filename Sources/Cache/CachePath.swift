internal import Glibc
package import SystemPackage

/// Where the cache is.
package enum CachePath {
    /// `UPROF_CACHE`, else `/var/cache/uprof` for root, whose home under sudo is another one's, else
    /// `~/.cache/uprof` (XDG_CACHE_HOME is honored); nil where `UPROF_CACHE` is empty, which stands
    /// for no cache, and where there is no home.
    package static var standard: FilePath? {
        if let own = variable("UPROF_CACHE") { return own.isEmpty ? nil : FilePath(own) }
        if geteuid() == 0 { return "/var/cache/uprof" }
        if let caches = variable("XDG_CACHE_HOME"), !caches.isEmpty {
            return FilePath(caches).appending("uprof")
        }
        guard let home = variable("HOME"), !home.isEmpty else { return nil }
        return FilePath(home).appending(".cache/uprof")
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
