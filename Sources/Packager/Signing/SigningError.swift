/// Why a key or a signature is not accepted.
package enum SigningError: Error, Hashable, CustomStringConvertible {
    /// A file is not what it should be: which, and what is wrong.
    case malformed(file: String, String)
    /// A key file cannot be read or written: which, and why.
    case file(String, String)
    /// A secret key that others could have read.
    case open(file: String)
    /// The password does not open a secret key.
    case wrongPassword(file: String)
    /// The signature is of another key than the one to check with.
    case otherKey(signed: KeyID, expected: KeyID)
    /// The signature is not of these bytes, or its trusted comment was changed.
    case invalid(String)

    package var description: String {
        switch self {
        case .malformed(let file, let problem): "\(file): \(problem)"
        case .file(let file, let problem): "\(file): \(problem)"
        case .open(let file):
            "\(file): others may read this secret key; make another, or: chmod 600 \(file)"
        case .wrongPassword(let file): "\(file): wrong password"
        case .otherKey(let signed, let expected):
            "signed with key \(signed), not with the expected \(expected)"
        case .invalid(let what): "the signature does not match \(what)"
        }
    }
}
