// Names for the Swift demangler.
struct Server {
    @inline(never)
    func handle(request: String, _ retries: Int) -> Int { request.utf8.count + retries }
}

extension Array where Element == Int {
    @inline(never)
    func total() -> Int { reduce(0, +) }
}

@inline(never)
private func secret(_ value: Int) -> Int { value + CommandLine.arguments.count }

print(Server().handle(request: "a", 2), [1, 2].total(), secret(3))
