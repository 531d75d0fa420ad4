/// A value that is put into an object before it runs.
package struct ObjectSetting {
    /// Where it goes.
    package enum Destination {
        /// A global variable.
        case variable(String)
        /// A field of the first value of a map; the value itself where nil.
        case map(String, field: String?)
    }

    /// What it is.
    package enum Value {
        case number(Int64)
        case text(String)
    }

    /// What messages call it.
    package let name: String
    /// Where it goes.
    package let destination: Destination
    /// What it is; nil where only its place is to be looked at.
    package let value: Value?
    /// Whether it is a text.
    package let isText: Bool

    /// Describes one.
    package init(name: String, destination: Destination, value: Value?, isText: Bool) {
        self.name = name
        self.destination = destination
        self.value = value
        self.isText = isText
    }
}
