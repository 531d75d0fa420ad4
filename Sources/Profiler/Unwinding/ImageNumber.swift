/// What an image is called in stacks: never given to another one while a recording lasts.
struct ImageNumber: Hashable, Sendable {
    let rawValue: UInt16

    init(_ rawValue: UInt16) {
        self.rawValue = rawValue
    }
}
