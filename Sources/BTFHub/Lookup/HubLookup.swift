/// Finds the file of a host's kernel in a hub.
///
/// The kernel release decides. What the system calls itself only chooses among several files of
/// the release: a container says something else, and the rebuilds of one distribution are many.
package enum HubLookup {
    /// How many similar files are named when there is none of the release.
    private static let namedNearest = 3

    /// Finds the file of a host.
    ///
    /// - Throws: `HubError` if the index is damaged.
    package static func find(
        _ host: Host, in index: some KernelCatalog, allowingNearest: Bool = false
    ) throws(HubError) -> HubMatch {
        let same = try fitting(host, index.records(ofRelease: host.release))
        if !same.isEmpty { return choice(same, host, .sameRelease) }
        let respelled = try fitting(host, respelled(host.release, in: index))
        if !respelled.isEmpty { return choice(respelled, host, .sameReleaseRespelled) }

        let nearest = try NearestReleases.find(namedNearest, to: host, in: index)
        guard allowingNearest, let best = nearest.first else { return .missing(nearest: nearest) }
        return .found(best, .nearest)
    }

    private static func fitting(_ host: Host, _ records: [HubRecord]) -> [HubRecord] {
        records.filter { $0.fits(host) }
    }

    /// The right one of several: any if their contents are the same, else those of the system's own
    /// distribution, else of its relatives, and of them those of its version.
    private static func choice(
        _ records: [HubRecord], _ host: Host, _ reason: HubMatch.Reason
    ) -> HubMatch {
        let ranked = records.map { ($0, rank($0, host.system)) }
        let best = ranked.map(\.1).min() ?? 0
        let chosen = ranked.filter { $0.1 == best }.map(\.0)
        // Where several distributions have the same bytes, the name that is nearest is shown.
        if let first = chosen.first, Set(chosen.map(\.hash)).count == 1 {
            return .found(first, reason)
        }
        return .contested(chosen)
    }

    /// How far a file's distribution is from the system's: 0 is its own.
    private static func rank(_ record: HubRecord, _ system: OSRelease?) -> Int {
        guard let system else { return 0 }
        let names = [system.id] + system.relatives
        let directories = names.map(directory)
        let distance =
            directories.firstIndex(of: record.distribution)
            ?? (isRedHat(system) && redHat.contains(record.distribution)
                ? directories.count : directories.count + 1)
        return distance * 3 + versionRank(record.version, system.version)
    }

    /// 0 for the version, 1 for its first part (`7` of `7.9`), 2 for another.
    private static func versionRank(_ version: String, _ wanted: String) -> Int {
        if version == wanted { return 0 }
        return wanted.split(separator: ".").first.map(String.init) == version ? 1 : 2
    }

    /// The archive's name of a distribution.
    private static func directory(_ id: String) -> String {
        switch id {
        case "sles", "sles_sap", "sled", "suse", "opensuse-leap": "sles"
        default: id
        }
    }

    /// Distributions built from the sources of one, with the same kernel releases.
    private static let redHat: Set<String> = [
        "rhel", "centos", "rocky", "almalinux", "ol", "scientific", "cloudlinux", "eurolinux",
        "virtuozzo",
    ]

    private static func isRedHat(_ system: OSRelease) -> Bool {
        redHat.contains(system.id) || system.relatives.contains { redHat.contains($0) }
    }

    /// SUSE's kernels leave out of their release the last number of their packages' version, by
    /// which archives are named: `4.4.103-6.33-default` is of 4.4.103-6.33.1.
    private static func respelled(
        _ release: String, in index: some KernelCatalog
    ) throws(HubError) -> [HubRecord] {
        guard let dash = release.lastIndex(of: "-") else { return [] }
        let (version, flavor) = (release[..<dash], release[dash...])
        let words = version.split(separator: "-")
        guard words.count == 2, flavor.dropFirst().allSatisfy(\.isLetter), flavor.count > 1,
            flavor != "-generic"
        else { return [] }
        let longer = try index.records(withPrefix: "\(version).").filter { record in
            isRebuild(record.release.dropFirst(version.count + 1), of: flavor)
        }
        if !longer.isEmpty { return longer }
        // And the other way round.
        guard let dot = version.lastIndex(of: "."), dot > words[1].startIndex,
            version[version.index(after: dot)...].allSatisfy(\.isWholeNumber)
        else { return [] }
        return try index.records(ofRelease: String(version[..<dot]) + String(flavor))
            .filter { $0.distribution == "sles" || $0.distribution.hasPrefix("opensuse") }
    }

    private static func isRebuild(_ rest: Substring, of flavor: Substring) -> Bool {
        guard rest.hasSuffix(flavor) else { return false }
        let number = rest.dropLast(flavor.count)
        return !number.isEmpty && number.allSatisfy(\.isWholeNumber)
    }
}
