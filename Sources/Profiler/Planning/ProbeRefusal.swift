/// A function that was meant and is not probed, and why.
package struct ProbeRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// The function's name as shown.
    package let function: String
    /// The base name of its module.
    package let module: String
    /// Why it is not probed.
    package let reason: String
    /// Whether it is a piece of code that nobody means when naming many functions.
    package var isFragment = false

    package var description: String { "cannot probe \(function) in \(module): \(reason)" }
}
