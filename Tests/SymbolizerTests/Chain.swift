import SystemPackage
import Testing

@testable import Symbolizer

/// The chain of functions of `TestTargets/symbols/chain.c`: `chain_point` is in `leaf`, which is
/// inlined into `mid`, which is inlined into `outer`.
enum Chain {
    private static let root: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/TestTargets/"
    }()

    /// The functions, innermost first, each with the line the source marks with `=> NAME`.
    static func expected(ofSource source: String = "chain.c") throws -> [String] {
        let text = try Fixture.output("cat '\(root)symbols/\(source)'")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return try ["leaf", "mid", "outer"].map { name in
            let index = try #require(lines.firstIndex { $0.contains("=> \(name)") })
            return "\(name) \(source):\(index + 1)"
        }
    }

    /// What was found, in the same form.
    static func found(_ location: CodeLocation) -> [String] {
        location.frames.map { frame in
            let name = frame.name ?? "??"
            guard let position = frame.position else { return name }
            let file = position.file.split(separator: "/").last ?? ""
            return "\(name) \(file):\(position.line)"
        }
    }

    /// The directory of a variant of `debugfiles.mk`.
    static func directory(_ name: String) -> FilePath {
        FilePath(root + "build/debug-files").appending(name)
    }

    /// Whether the tools to build a variant were there.
    static func exists(_ name: String) -> Bool {
        FileIdentity(path: directory(name).appending("program")) != nil
    }

    /// The address of `chain_point`, by the symbols of the file that has them all.
    static func point(of name: String) throws -> Address {
        let image = try ELFImage(path: directory(name).appending("truth"))
        let catalog =
            image.kind == .relocatable
            ? FunctionCatalog(of: image, tables: SymbolTables(of: image))
            : FunctionCatalog(of: image)
        guard case .label(let function, let offset) = catalog.finding(forName: "chain_point")
        else { throw Fixture.Missing(path: name) }
        return Address(function.address.rawValue + offset)
    }
}
