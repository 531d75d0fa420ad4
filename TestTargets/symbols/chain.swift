// The chain of chain.c in Swift, which has no labels: `outer` has the lines of all three.
nonisolated(unsafe) var sink = 0

@inline(__always) func leaf(_ number: Int) {
    sink &+= number &* 3  // => leaf
}

@inline(__always) func mid(_ number: Int) {
    leaf(number &+ 1)  // => mid
}

@inline(never) public func outer(_ number: Int) {
    mid(number &+ 2)  // => outer
}

outer(CommandLine.arguments.count)
