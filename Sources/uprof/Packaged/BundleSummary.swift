internal import BTFHub
internal import Packager
internal import Report

/// What is in a bundle, for people and for programs.
struct BundleSummary {
    private let bundle: Bundle
    private let manifest: Manifest
    private let signature: Signature?
    private let kernels: Export?

    /// Reads what the bundle says of itself.
    ///
    /// - Throws: `ManifestError`, `SigningError` or `HubError`.
    init(_ bundle: Bundle) throws {
        self.bundle = bundle
        manifest = try bundle.manifest()
        signature = try bundle.signature()
        kernels = try PackagedTypes(bundle)?.export
    }

    /// In lines.
    var text: String {
        var rows = [
            ("name", "\(manifest.name) \(manifest.version)"), ("summary", manifest.summary),
            ("runs", commandLine), ("executable", "\(bundle.executableSize) bytes"),
            ("kernels", kernelWords), ("signature", signatureWords),
        ]
        rows += bundle.entries.map { entry in
            (
                "entry",
                "\(entry.kind) \(entry.name), \(entry.size) bytes, sha256 "
                    + entry.digest.hexadecimal
            )
        }
        return rows.map { label, value in
            let padding = String(repeating: " ", count: 12 - label.count)
            return label + padding + HarmlessText.of(value) + "\n"
        }.joined()
    }

    /// As one line of JSON.
    var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", "uprof.bundle/1")
            writer.member("name", manifest.name)
            writer.member("version", manifest.version)
            writer.member("summary", manifest.summary)
            writer.member("command", manifest.command.rawValue)
            writer.array("arguments", strings: manifest.arguments)
            if let object = manifest.object {
                writer.array("programs", of: object.programs) { writer, program in
                    writer.member("name", program.name)
                    writer.array("attach", strings: program.places.map(\.description))
                }
            }
            writer.member("executable_bytes", bundle.executableSize)
            writer.member("kernels", kernels?.kernelCount ?? 0)
            writer.member("distinct_types", kernels?.contentCount ?? 0)
            writer.member("signed_bytes", bundle.signatureOffset)
            if let signature { writer.member("key", "\(signature.keyID)") }
            writer.array("entries", of: bundle.entries) { writer, entry in
                writer.member("kind", "\(entry.kind)")
                writer.member("name", entry.name)
                writer.member("bytes", entry.size)
                writer.member("sha256", entry.digest.hexadecimal)
            }
        }
        return writer.text + "\n"
    }

    private var commandLine: String {
        if let object = manifest.object {
            return object.programs.map { program in
                "\(program.name) at \(program.places.map(\.description).joined(separator: ", or "))"
            }.joined(separator: "; ")
        }
        return (["uprof", manifest.command.rawValue] + manifest.arguments).joined(separator: " ")
    }

    private var kernelWords: String {
        guard let kernels else { return "none: only kernels with types of their own" }
        return "\(kernels.kernelCount), with \(kernels.contentCount) distinct types"
    }

    private var signatureWords: String {
        guard let signature else { return "none" }
        return "by key \(signature.keyID), of the first \(bundle.signatureOffset) bytes"
    }
}
