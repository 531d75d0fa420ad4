// SPDX-License-Identifier: Apache-2.0
//
// Swift functions whose names need demangling, each called a known number of times.
//
//     names-swift [--calls N] [--wait]
//
// The last line has the names as `swift demangle --simplified` writes them. Exits with 23.

import Glibc

nonisolated(unsafe) var calls: [String: Int] = [:]

/// Counts a call; a caller that ends in it still has its own frame and its own entry.
@inline(never)
func record(_ name: StaticString) {
    calls[name.description, default: 0] += 1
}

@inline(never)
func plain(_ value: Int) -> Int {
    record("plain(_:)")
    return value &+ 1
}

/// Generic on purpose: without the attribute the optimizer makes a copy for each type.
@inline(never)
@_semantics("optimize.sil.specialize.generic.never")
func generic<Value>(_ value: Value) -> Value {
    record("generic<A>(_:)")
    return value
}

protocol Shape {
    func area() -> Double
}

struct Square: Shape {
    var side: Double

    @inline(never)
    func area() -> Double {
        record("Square.area()")
        return side * side
    }
}

final class Account {
    var balance = 0

    @inline(never)
    func deposit(_ amount: Int) {
        record("Account.deposit(_:)")
        balance += amount
    }

    @inline(never)
    static func fresh() -> Account {
        record("static Account.fresh()")
        return Account()
    }
}

extension String {
    @inline(never)
    func shouted() -> String {
        record("String.shouted()")
        return self + "!"
    }
}

/// The closure is called through a value the optimizer cannot see through.
@inline(never)
@_optimize(none)
func makeClosure() -> (Int) -> Int {
    { value in
        record("closure #1 in makeClosure()")
        return value &+ 1
    }
}

/// Never inlined and never specialized, so that each call stays a call.
@inline(never)
@_optimize(none)
func run(_ times: Int) {
    let account = Account.fresh()
    let closure = makeClosure()
    let square = Square(side: 2)
    for _ in 0..<times { _ = plain(1) }
    for _ in 0..<(2 * times) { _ = generic("value") }
    for _ in 0..<(3 * times) { _ = square.area() }
    for _ in 0..<(4 * times) { account.deposit(1) }
    for _ in 0..<(5 * times) { _ = "text".shouted() }
    for _ in 0..<(6 * times) { _ = closure(1) }
}

let arguments = CommandLine.arguments
let times = arguments.firstIndex(of: "--calls").flatMap { Int(arguments[$0 + 1]) } ?? 10

if arguments.contains("--wait") {
    print("ready \(getpid())")
    fflush(nil)
    _ = readLine()
}
run(times)
let entries = calls.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
print("{\"program\":\"names-swift\",\"calls\":{\(entries.joined(separator: ","))}}")
exit(23)
