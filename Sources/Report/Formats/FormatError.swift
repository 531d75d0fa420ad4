package import SystemPackage

/// A file that is not what it should be, or cannot be written as what is asked for.
package struct FormatError: Error, Equatable, CustomStringConvertible {
    /// What is wrong.
    package enum Reason: Equatable, Sendable {
        /// The kernel does not let it be read.
        case unreadable(Errno)
        /// It has no bytes.
        case empty
        /// It is of a format, but without samples.
        case withoutSamples
        /// It is none of the formats known here.
        case unknownFormat
        /// It is what `perf record` writes.
        case perfData
        /// It is compressed, and does not decompress.
        case damaged
        /// It is not what its format asks for; the text says where and why.
        case malformed(ProfileFormat, String)
        /// It grows beyond a limit.
        case tooLarge(String)
        /// The format can only be written.
        case writeOnly(ProfileFormat)
        /// The format can only be read.
        case readOnly(ProfileFormat)
        /// The profile has no values of the kind asked for; the text names those it has.
        case withoutValues(String, has: String)
    }

    /// The path as it was given; `-` is the standard input.
    package let path: String
    /// What is wrong.
    package let reason: Reason

    /// An error of a file.
    package init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }

    package var description: String {
        let object = path == "-" ? "the standard input" : path
        return switch reason {
        case .unreadable(let errno): "cannot read \(object): \(errno)"
        case .empty: "\(object) is empty; give it a profile"
        case .withoutSamples: "\(object) has no samples"
        case .unknownFormat:
            "cannot tell the format of \(object); name it with --from, one of "
                + ProfileFormat.readable.map(\.rawValue).joined(separator: ", ")
        case .perfData: "\(object) is a file of perf record; give the output of perf script"
        case .damaged: "\(object) is damaged: its gzip does not decompress; copy it again"
        case .malformed(let format, let why): "\(object) is not \(format.title): \(why)"
        case .tooLarge(let what): "\(object) is too large: \(what)"
        case .writeOnly(let format): "cannot read \(format.title), which is only written"
        case .readOnly(let format): "cannot write \(format.title), which is only read"
        case .withoutValues(let kind, let has): "\(object) has no values of \(kind), but \(has)"
        }
    }
}
