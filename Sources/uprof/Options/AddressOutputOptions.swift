internal import ArgumentParser

/// What `symbolize` prints.
struct AddressOutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON, an object on a line for each address.")
    var json = false

    @Flag(name: .long, help: "Leave out inlined functions; the line is that of the code.")
    var noInlines = false

    @Flag(name: [.customShort("C"), .long], help: "Print names as they are in the source.")
    var demangle = false

    @Flag(name: .long, help: "Say on stderr why an address has no name or no line.")
    var verbose = false
}
