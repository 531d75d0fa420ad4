/// A format: turns a part of the model into text.
///
/// Renderers are values that hold their options; the same input always gives the same text.
package protocol Renderer<Input> {
    /// The part of the model this format shows.
    associatedtype Input

    /// The text for an input, lines ended by LF.
    func render(_ input: Input) -> String
}
