/// A bundle as an OCI image layout: a directory that `skopeo`, `oras`, `podman` and others push to
/// any registry, and that runs as a container where it may (image-spec 1.1, "Image Layout").
///
/// One manifest with one layer, the tar of the package's files; its `artifactType` is
/// ``artifactType``. All blobs are named by their SHA-256.
struct OCILayout {
    /// What the manifest says it is.
    static let artifactType = "application/vnd.uprof.bundle.v1"

    private static let manifestType = "application/vnd.oci.image.manifest.v1+json"
    private static let configurationType = "application/vnd.oci.image.config.v1+json"
    private static let layerType = "application/vnd.oci.image.layer.v1.tar"

    /// The files of the directory.
    let files: [PackageFile]

    init(_ package: ExportedPackage) throws(ExportError) {
        let layer = Blob(
            type: Self.layerType,
            bytes: try TarArchive(package.files, date: package.date).bytes)
        let configuration = Blob(
            type: Self.configurationType,
            bytes: Array(Self.configuration(package, layer: layer).utf8))
        let manifest = Blob(
            type: Self.manifestType,
            bytes: Array(Self.manifest(package, configuration, layer).utf8))
        let index = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",\
            "manifests":[\(manifest.descriptor(
                with: #""annotations":{"org.opencontainers.image.ref.name":"\#(package.version)"}"#))]}
            """
        files =
            [
                PackageFile(
                    path: "oci-layout", contents: Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8)),
                PackageFile(path: "index.json", contents: Array(index.utf8)),
                PackageFile(path: "blobs", contents: nil),
                PackageFile(path: "blobs/sha256", contents: nil),
            ]
            + [layer, configuration, manifest].map {
                PackageFile(path: "blobs/sha256/\($0.digest)", contents: $0.bytes)
            }
    }

    private static func configuration(_ package: ExportedPackage, layer: Blob) -> String {
        """
        {"architecture":"\(package.machine.oci)","os":"linux",\
        "config":{"Entrypoint":["/usr/bin/\(package.name)"]},\
        "rootfs":{"type":"layers","diff_ids":["sha256:\(layer.digest)"]}}
        """
    }

    private static func manifest(
        _ package: ExportedPackage, _ configuration: Blob, _ layer: Blob
    ) -> String {
        let title = #""org.opencontainers.image.title":"\#(package.name)""#
        let version = #""org.opencontainers.image.version":"\#(package.version)""#
        let summary = #""org.opencontainers.image.description":"\#(escaped(package.summary))""#
        return """
            {"schemaVersion":2,"mediaType":"\(manifestType)","artifactType":"\(artifactType)",\
            "config":\(configuration.descriptor()),"layers":[\(layer.descriptor())],\
            "annotations":{\(title),\(version),\(summary)}}
            """
    }

    /// The text between the quotes of a JSON string (RFC 8259, section 7).
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private struct Blob {
        let type: String
        let bytes: [UInt8]
        let digest: String

        init(type: String, bytes: [UInt8]) {
            self.type = type
            self.bytes = bytes
            digest = Digest.sha256(bytes.span.bytes).hexadecimal
        }

        func descriptor(with more: String? = nil) -> String {
            let rest = more.map { "," + $0 } ?? ""
            return """
                {"mediaType":"\(type)","digest":"sha256:\(digest)","size":\(bytes.count)\(rest)}
                """
        }
    }
}
