/// What a hub has for a host.
package enum HubMatch: Hashable, Sendable {
    /// The file, and why it is the right one.
    case found(HubRecord, Reason)
    /// Files of the release with different contents, of which nothing tells the right one.
    case contested([HubRecord])
    /// None of the release; those of the most similar releases, best first.
    case missing(nearest: [HubRecord])

    /// Why a file is right.
    package enum Reason: Hashable, Sendable {
        /// It is of the very release.
        case sameRelease
        /// It is of the release as SUSE's packages spell it.
        case sameReleaseRespelled
        /// It is of a similar release, which the user has allowed.
        case nearest
    }
}

extension HubMatch.Reason {
    /// Why, in words.
    package var words: String {
        switch self {
        case .sameRelease: "same kernel release"
        case .sameReleaseRespelled: "same kernel release, spelled as SUSE's packages do"
        case .nearest: "NEAREST kernel release, as allowed; offsets may be wrong"
        }
    }
}
