package import SystemPackage

/// Why a directory cannot be used as the cache.
package enum CacheError: Error, CustomStringConvertible {
    /// It cannot be made or opened.
    case unusable(FilePath, Errno)
    /// It belongs to somebody else, or others may write to it.
    case notOwn(FilePath)

    package var description: String {
        switch self {
        case .unusable(let path, let reason): "cannot open the cache \(path): \(reason)"
        case .notOwn(let path):
            "the cache \(path) belongs to another user, or others can write to it: chmod go-w, or "
                + "name another one in UPROF_CACHE"
        }
    }
}
