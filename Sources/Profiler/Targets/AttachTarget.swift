package import Symbolizer
package import SystemPackage

/// What is to be probed.
package enum AttachTarget {
    /// Running processes.
    case processes([ProcessID])
    /// Every process that runs or maps a file, also those that start later.
    case binary(FilePath)
    /// A command that uprof starts.
    case command([String])
}
