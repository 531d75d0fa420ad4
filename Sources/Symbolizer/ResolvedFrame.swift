/// An address and all that is known about it.
package struct ResolvedFrame: Hashable, Sendable, CustomStringConvertible {
    /// What an address is called.
    package enum Name: Hashable, Sendable {
        /// The function it is in, and how far from its start.
        case function(Function, offset: UInt64)
        /// No function.
        case unknown(UnknownReason)
    }

    /// The address that was looked up.
    package let address: Address
    /// The path of the image, or the name of what else is there; nil if nothing is.
    package let modulePath: String?
    /// Where it is in the file of the image.
    package let fileOffset: FileOffset?
    /// What it is called.
    package let name: Name

    /// The last part of the path of the image.
    package var module: String? {
        modulePath.map { path in
            guard let slash = path.lastIndex(of: "/") else { return path }
            return String(path[path.index(after: slash)...])
        }
    }

    /// The function's name as in the source, or `[unknown]`.
    package var functionName: String {
        switch name {
        case .function(let function, _): function.displayName
        case .unknown: "[unknown]"
        }
    }

    /// The name, the offset and the module, or the reason there is no name.
    package var description: String {
        let place = module.map { " in \($0)" } ?? ""
        return switch name {
        case .function(let function, let offset):
            "\(function.displayName)+0x\(String(offset, radix: 16))\(place)"
        case .unknown(let reason): "\(address)\(place) (\(reason))"
        }
    }
}
