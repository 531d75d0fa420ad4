/// There is no type information of a kernel, or no telling which.
package struct TypesNotFound: Error, CustomStringConvertible {
    /// Whose kernel it is.
    package let host: Host
    /// What the hub has instead, if there is a hub.
    package let match: HubMatch?

    /// Makes it of what a lookup came to.
    package init(host: Host, match: HubMatch?) {
        self.host = host
        self.match = match
    }

    package var description: String {
        let kernel = "kernel \(host.release)"
        switch match {
        case .contested(let records):
            let places = records.map { "\($0.distribution)/\($0.version) (\($0.path))" }
            return "\(kernel): several files of this release differ; choose one with --btf:\n"
                + places.map { "  \($0)" }.joined(separator: "\n")
        case .missing(let nearest) where !nearest.isEmpty:
            let names = nearest.map { "  \($0.release) (\($0.distribution)/\($0.version))" }
            return "\(kernel): the hub has nothing of this release; the nearest, which are not"
                + " used without --allow-nearest, are:\n" + names.joined(separator: "\n")
        default:
            return "\(kernel): nothing of this release; get it with uprof btf fetch or uprof btf"
                + " generate"
        }
    }
}
