internal import BTFHub

/// Which kernels of a hub are meant.
struct KernelFilter {
    private let distribution: [Substring]
    private let architecture: Architecture?

    /// A distribution as `name` or `name/version`, and an architecture by any of its names.
    init(distribution: String?, architecture: String?) {
        self.distribution = distribution?.split(separator: "/", maxSplits: 1) ?? []
        self.architecture = architecture.map { Architecture($0) }
    }

    /// Whether a kernel is meant.
    func accepts(_ record: HubRecord) -> Bool {
        if let name = distribution.first, record.distribution != name { return false }
        if distribution.count > 1, record.version != distribution[1] { return false }
        return architecture == nil || record.architecture == architecture
    }
}
