/// A format of bytes that are no text: turns a part of the model into them.
///
/// As with a ``Renderer``, the same input always gives the same bytes.
package protocol BinaryRenderer<Input> {
    /// The part of the model this format shows.
    associatedtype Input

    /// The bytes for an input.
    func bytes(_ input: Input) -> [UInt8]
}
