/// Which hue a name gets where hues stand for languages, as flamegraph.pl and inferno choose.
enum LanguageColors {
    /// Compiled, inlined, C++ and kernel code, and the rest.
    static func java(_ name: String) -> FlamePalette {
        if name.hasSuffix("_[j]") { return .green }
        if name.hasSuffix("_[i]") { return .aqua }
        if isJavaPackage(name) || name.contains(":::") { return .green }
        if name.contains("::") { return .yellow }
        return name.hasSuffix("_[k]") ? .orange : .red
    }

    /// Compiled sources, builtins, C++ and kernel code, and the rest.
    static func javaScript(_ name: String) -> FlamePalette {
        if name.hasSuffix("_[j]") { return name.contains("/") ? .green : .aqua }
        if name.contains("::") { return .yellow }
        if let slash = name.firstIndex(of: "/"), name[slash...].contains(".js") { return .green }
        if name.contains(":") { return .aqua }
        if name == " " { return .green }
        return name.contains("_[k]") ? .orange : .red
    }

    /// C++, Perl and kernel code, and the rest.
    static func perl(_ name: String) -> FlamePalette {
        if name.contains("::") { return .yellow }
        if name.contains("Perl") || name.contains(".pl") { return .green }
        return name.hasSuffix("_[k]") ? .orange : .red
    }

    /// Packages of others, the standard library, and the rest.
    static func python(_ name: String) -> FlamePalette {
        let parts = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
        if parts.contains("site-packages") { return .aqua }
        let isStandard = parts.contains(where: isPythonDirectory)
        let builtins = ["<built-in", "<method", "<frozen"]
        return isStandard || builtins.contains(where: name.hasPrefix) ? .yellow : .red
    }

    /// The standard library, other Rust code, and the rest.
    static func rust(_ name: String) -> FlamePalette {
        let behind = name.firstIndex(of: "`").map { name[name.index(after: $0)...] }
        let name = behind ?? name[...]
        let isFuture = name.hasPrefix("<core::future::from_generator::GenFuture<T>")
        let standard = ["core::", "std::", "alloc::", "<core::", "<std::", "<alloc::"]
        if !isFuture, standard.contains(where: name.hasPrefix) { return .orange }
        return name.contains("::") ? .aqua : .yellow
    }

    private static func isJavaPackage(_ name: String) -> Bool {
        let path = name.hasPrefix("L") ? name.dropFirst() : name[...]
        let packages = ["java/", "javax/", "jdk/", "net/", "org/", "com/", "io/", "sun/"]
        return packages.contains(where: path.hasPrefix)
    }

    /// `python`, `Python` or either with a version.
    private static func isPythonDirectory(_ part: Substring) -> Bool {
        guard part.hasPrefix("python") || part.hasPrefix("Python") else { return false }
        return part.dropFirst(6).allSatisfy { $0 == "." || ("0"..."9").contains($0) }
    }
}
