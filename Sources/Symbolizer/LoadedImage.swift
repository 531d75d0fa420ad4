internal import Synchronization

/// An open image and its functions, which are collected when they are first asked for.
package final class LoadedImage: Sendable {
    /// The image.
    package let image: ELFImage

    private let catalog = Mutex<FunctionCatalog?>(nil)
    private let stubs = Mutex<LinkageTables?>(nil)
    private let goTable = Mutex<GoFunctionTable??>(nil)

    init(image: ELFImage) {
        self.image = image
    }

    /// The functions of the image.
    package var functions: FunctionCatalog {
        catalog.withLock { catalog in
            if let catalog { return catalog }
            let made = FunctionCatalog(of: image)
            catalog = made
            return made
        }
    }

    /// The stubs through which the image calls others.
    package var linkageTables: LinkageTables {
        stubs.withLock { stubs in
            if let stubs { return stubs }
            let made = LinkageTables(of: image)
            stubs = made
            return made
        }
    }

    /// The functions of a Go program that is stripped of its symbols; nil for other programs.
    package var goFunctions: GoFunctionTable? {
        goTable.withLock { table in
            if let table { return table }
            let made = GoFunctionTable(of: image)
            table = .some(made)
            return made
        }
    }
}
