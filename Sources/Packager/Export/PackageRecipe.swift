internal import Processes

/// How a distribution's own tool makes a package from files.
protocol PackageRecipe {
    /// What the tool finds under `tree` in its directory.
    var files: [PackageFile] { get }
    /// The package of Debian that has the tool.
    var toolPackage: String { get }

    /// The tool's command line.
    func command(in directory: String) -> BoundedProcess

    /// Where the tool leaves the package.
    func result(in directory: String) throws(ExportError) -> String
}
