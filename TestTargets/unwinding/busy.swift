// SPDX-License-Identifier: Apache-2.0
//
// A Swift program that works in burn, called by an asynchronous function after it was suspended, for
// the given time of a processor.
//
//     busy-swift MILLISECONDS

import Glibc

nonisolated(unsafe) var sink: UInt64 = 0

@inline(never)
func burn(milliseconds: Int) {
    while clock() < 1000 * milliseconds {
        for i: UInt64 in 0..<200_000 { sink = sink &+ i &* (sink | 1) }
    }
}

@inline(never)
func middle(milliseconds: Int) {
    burn(milliseconds: milliseconds)
    sink &+= 1
}

func outer(milliseconds: Int) async throws {
    try await Task.sleep(for: .milliseconds(1))
    middle(milliseconds: milliseconds)
    await Task.yield()
}

@main
struct Busy {
    static func main() async throws {
        let milliseconds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 10
        try await outer(milliseconds: milliseconds)
    }
}
