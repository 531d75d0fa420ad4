import TestSupport
import Testing

/// `uprof demangle`.
@Suite struct DemangleTests {
    @Test func demanglesWhatComesByStandardInput() async throws {
        let result = try await UprofCommand.run(
            ["demangle"], input: "1 T _ZN2ns3fooEi\nmain\n")
        #expect(result.status == 0)
        #expect(result.standardOutput == "1 T ns::foo(int)\nmain\n")
    }

    @Test func demanglesItsArguments() async throws {
        let result = try await UprofCommand.run(["demangle", "_Z3barv", "main"])
        #expect(result.standardOutput == "bar()\nmain\n")
    }

    /// The names of a whole library, as binutils has them when it does not expand `std::string`.
    @Test(.enabled(if: Tool.path("c++filt") != nil, "c++filt is not installed"))
    func agreesWithBinutils() async throws {
        let library = "/usr/lib/x86_64-linux-gnu/libstdc++.so.6"
        let names = try await run(try #require(Tool.path("nm")), ["-D", library]).standardOutput
        let filter = try #require(Tool.path("c++filt"))
        let expected = try await run(filter, ["--no-verbose"], input: names).standardOutput
        let result = try await UprofCommand.run(["demangle"], input: names)
        #expect(expected.contains("std::basic_ostream"))
        #expect(result.standardOutput == expected)
    }
}
