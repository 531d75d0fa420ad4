internal import Glibc

/// The processors of this machine.
enum Processors {
    /// More threads than this wait for each other.
    private static let mostReaders = 4

    /// How many threads should work on a file.
    static var forReading: Int {
        min(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), mostReaders)
    }
}
