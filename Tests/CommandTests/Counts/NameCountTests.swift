import TestSupport
import Testing

extension Counting {
    /// Functions meant by their names in the source, and shown by them.
    @Suite(.serialized) struct NameCountTests {
        struct Case: CustomTestStringConvertible {
            var pattern: String
            var calls: [String: Int]

            var testDescription: String { pattern }
        }

        private static let string =
            "std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >"
        private static let overloads = [
            "demo::overloaded(int)": 20, "demo::overloaded(\(string) const&)": 30,
        ]

        static let cpp = [
            Case(pattern: "demo::plain", calls: ["demo::plain": 10]),
            Case(pattern: "demo::plain()", calls: ["demo::plain": 10]),
            Case(pattern: "_ZN4demo5plainEv", calls: ["demo::plain": 10]),
            Case(pattern: "names-cpp:demo::plain", calls: ["demo::plain": 10]),
            Case(pattern: "demo::overloaded", calls: overloads),
            Case(pattern: "demo::overloaded(int)", calls: ["demo::overloaded": 20]),
            Case(pattern: "demo::Adder::add", calls: ["demo::Adder::add": 70]),
            Case(
                pattern: "demo::Adder::*",
                calls: [
                    "demo::Adder::add": 70, "demo::Adder::operator()": 60,
                    "demo::Adder::operator bool": 80,
                ]),
            Case(
                pattern: "demo::(anonymous namespace)::hidden",
                calls: ["demo::(anonymous namespace)::hidden": 90]),
            Case(pattern: "demo::twice<int>", calls: ["demo::twice<int>": 40]),
            // Without its arguments, a template is all its instances.
            Case(
                pattern: "demo::twice",
                calls: ["demo::twice<int>": 40, "demo::twice<\(string) >": 50]),
            Case(pattern: "/^demo::over/", calls: overloads),
        ]

        @Test(arguments: cpp)
        func measuresFunctionsOfCPlusPlus(_ expected: Case) async throws {
            let measurement = try await Attach.command(
                "names-cpp", functions: [expected.pattern])
            #expect(measurement.uprof.status == 22)
            #expect(try measurement.report.calls == expected.calls)
            #expect(try measurement.report.losses == [:])
        }

        static let swift = [
            Case(pattern: "Names.plain", calls: ["Names.plain": 10]),
            Case(
                pattern: "Names.plain(Swift.Int) -> Swift.Int", calls: ["Names.plain": 10]),
            Case(pattern: "Names.plain(_:)", calls: ["Names.plain": 10]),
            Case(pattern: "$s5Names5plainyS2iF", calls: ["Names.plain": 10]),
            Case(pattern: "Names.Account.deposit", calls: ["Names.Account.deposit": 40]),
        ]

        @Test(
            .enabled(
                if: Capability.target("names-swift").isAvailable,
                "\(Capability.target("names-swift").reason)"),
            arguments: swift)
        func measuresFunctionsOfSwift(_ expected: Case) async throws {
            let measurement = try await Attach.command(
                "names-swift", functions: [expected.pattern])
            #expect(measurement.uprof.status == 23)
            #expect(try measurement.report.calls == expected.calls)
            #expect(try measurement.report.losses == [:])
        }

        static let rust = [
            Case(pattern: "names_rust::plain", calls: ["names_rust::plain": 10]),
            Case(
                pattern: "names_rust::shapes::Square::grow",
                calls: ["names_rust::shapes::Square::grow": 30]),
            Case(
                pattern: "<names_rust::shapes::Square as names_rust::shapes::Area>::area",
                calls: ["<names_rust::shapes::Square as names_rust::shapes::Area>::area": 40]),
            Case(
                pattern: "/^names_rust::(plain|generic)$/",
                calls: ["names_rust::plain": 10, "names_rust::generic": 20]),
        ]

        @Test(
            .enabled(
                if: Capability.target("names-rust").isAvailable,
                "\(Capability.target("names-rust").reason)"),
            arguments: rust)
        func measuresFunctionsOfRust(_ expected: Case) async throws {
            let measurement = try await Attach.command(
                "names-rust", functions: [expected.pattern])
            #expect(measurement.uprof.status == 24)
            #expect(try measurement.report.calls == expected.calls)
            #expect(try measurement.report.losses == [:])
        }

        /// `malloc` and `__libc_malloc` are one address of libc: one row, called what was asked for.
        @Test(arguments: [
            (["malloc"], "malloc"), (["__libc_malloc"], "__libc_malloc"),
            (["malloc", "__libc_malloc"], "malloc"), (["/^(__libc_)?malloc$/"], "malloc"),
        ])
        func showsAliasesAsOneRow(patterns: [String], name: String) async throws {
            let measurement = try await Attach.command(
                "cli-child", functions: patterns.map { "libc:\($0)" })
            let report = try measurement.report
            #expect(report.functions.map(\.function) == [name])
            #expect(report.functions.allSatisfy { $0.calls >= 5 })
        }
    }
}
