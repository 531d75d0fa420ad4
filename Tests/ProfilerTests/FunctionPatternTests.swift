import Profiler
import Testing

@Suite struct FunctionPatternTests {
    struct Reading: CustomTestStringConvertible {
        var text: String
        var library: String?
        /// The name, and how it is compared.
        var name: String
        var kind: String

        var testDescription: String { text }
    }

    @Test(arguments: [
        Reading(text: "malloc", name: "malloc", kind: "exact"),
        Reading(text: "mall*", name: "mall*", kind: "glob"),
        Reading(text: "mallo?", name: "mallo?", kind: "glob"),
        Reading(text: "[a-m]alloc", name: "[a-m]alloc", kind: "glob"),
        Reading(text: "/^m.*c$/", name: "/^m.*c$/", kind: "regex"),
        Reading(text: "libc:malloc", library: "libc", name: "malloc", kind: "exact"),
        Reading(text: "lib*:mall*", library: "lib*", name: "mall*", kind: "glob"),
        Reading(text: "libc:/^m/", library: "libc", name: "/^m/", kind: "regex"),
        Reading(
            text: "/usr/lib/libc.so.6:malloc", library: "/usr/lib/libc.so.6", name: "malloc",
            kind: "exact"),
        Reading(
            text: "/usr/lib/x.so:/^b/", library: "/usr/lib/x.so", name: "/^b/", kind: "regex"),
        // A regular expression may have colons and slashes.
        Reading(text: "/a:b/", name: "/a:b/", kind: "regex"),
        Reading(text: "/^(ns::)?f$/", name: "/^(ns::)?f$/", kind: "regex"),
        // Two colons are part of a name; one is not.
        Reading(text: "ns::f", name: "ns::f", kind: "exact"),
        Reading(text: "ns::Class::f", name: "ns::Class::f", kind: "exact"),
        Reading(text: "app:ns::f", library: "app", name: "ns::f", kind: "exact"),
        Reading(text: "ns::*", name: "ns::*", kind: "glob"),
        Reading(text: "f(int)", name: "f(int)", kind: "exact"),
        // Argument labels of Swift have colons of their own.
        Reading(text: "plain(_:)", name: "plain(_:)", kind: "exact"),
        // A lone slash, or two, are no regular expression.
        Reading(text: "/", name: "/", kind: "exact"),
        Reading(text: "//", name: "//", kind: "exact"),
    ])
    func readsLibraryAndName(_ reading: Reading) throws {
        let pattern = try FunctionPattern(reading.text)
        #expect(pattern.library == reading.library)
        #expect(pattern.description == reading.text)
        #expect(pattern.isExact == (reading.kind == "exact"))
        switch pattern.matcher {
        case .exact(let name):
            #expect(reading.kind == "exact" && name == reading.name)
        case .glob(let glob):
            #expect(reading.kind == "glob" && glob == reading.name)
        case .regex:
            #expect(reading.kind == "regex")
        }
    }

    @Test(arguments: ["", ":", "libc:", ":malloc"])
    func refusesAnEmptyName(text: String) {
        #expect(throws: FunctionPatternError.empty(text)) { try FunctionPattern(text) }
    }

    @Test(arguments: [
        "usdt:libc:probe", "main.c:123", "malloc+0x1c", "libc:malloc+0x4",
    ])
    func refusesFormsThatAreNotThereYet(text: String) {
        let error = #expect(throws: FunctionPatternError.self) { try FunctionPattern(text) }
        #expect("\(error as Any)".contains("not supported yet"))
    }

    @Test(arguments: ["/[/", "/(/", "/*/", "libc:/[z-a]/"])
    func refusesAnInvalidRegularExpression(text: String) {
        let error = #expect(throws: FunctionPatternError.self) { try FunctionPattern(text) }
        #expect("\(error as Any)".contains(text))
    }

    struct Match: CustomTestStringConvertible {
        var pattern: String
        var matching: [String]
        var others: [String]

        var testDescription: String { pattern }
    }

    @Test(arguments: [
        Match(pattern: "f", matching: ["f"], others: ["F", "ff", "", "f "]),
        Match(pattern: "f*", matching: ["f", "ff", "f/g"], others: ["gf", ""]),
        Match(pattern: "?", matching: ["f"], others: ["", "ff"]),
        Match(pattern: "[ab]c", matching: ["ac", "bc"], others: ["c", "cc"]),
        Match(pattern: "*", matching: ["", "f", "ns::f(int)"], others: []),
        Match(pattern: "/f/", matching: ["f", "ff", "offer"], others: ["", "F"]),
        Match(pattern: "/^f$/", matching: ["f"], others: ["ff", ""]),
        Match(pattern: "/^ns::(f|g)/", matching: ["ns::f", "ns::g(int)"], others: ["ns::h"]),
    ])
    func matchesNames(_ expected: Match) throws {
        let pattern = try FunctionPattern(expected.pattern)
        for name in expected.matching { #expect(pattern.matches(name), "\(name)") }
        for name in expected.others { #expect(!pattern.matches(name), "\(name)") }
    }

    @Test(arguments: [
        Match(
            pattern: "f", matching: ["/usr/lib/libc.so.6", "/bin/x", "x"], others: []),
        Match(
            pattern: "libc:f",
            matching: ["/usr/lib/libc.so.6", "/lib/libc-2.31.so", "/usr/lib/libc.so"],
            others: ["/usr/lib/libcrypt.so.1", "/usr/lib/glibc.so", "/bin/libc-tool", "/libc/x"]),
        Match(
            pattern: "libc.so.6:f", matching: ["/usr/lib/libc.so.6"], others: ["/lib/libc.so"]),
        Match(
            pattern: "lib*:f", matching: ["/usr/lib/libc.so.6", "/lib/libm.so"],
            others: ["/lib/ld.so"]),
        Match(
            pattern: "server:f", matching: ["/usr/bin/server"],
            others: ["/usr/bin/server2", "/server/x"]),
        Match(
            pattern: "/usr/lib/libc.so.6:f", matching: ["/usr/lib/libc.so.6"],
            others: ["/lib/libc.so.6"]),
        Match(
            pattern: "*/libc.so.6:f", matching: ["/usr/lib/libc.so.6", "/lib/libc.so.6"],
            others: ["/lib/libm.so.6"]),
    ])
    func includesModules(_ expected: Match) throws {
        let pattern = try FunctionPattern(expected.pattern)
        for path in expected.matching { #expect(pattern.includes(modulePath: path), "\(path)") }
        for path in expected.others { #expect(!pattern.includes(modulePath: path), "\(path)") }
    }
}
