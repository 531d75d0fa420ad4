internal import Symbolizer

extension FuzzHarness {
    /// Mangled names, and text with such in it.
    static let demangle = FuzzHarness("demangle") { bytes in
        let name = String(decoding: bytes, as: UTF8.self)
        _ = Demangler.demangle(name)
        _ = Demangler.spellings(of: name)
        var filter = DemanglingFilter()
        _ = filter.transform(bytes)
        _ = filter.finish()
    }
}
