internal import Synchronization

/// An open image and its functions, which are collected when they are first asked for.
package final class LoadedImage: Sendable {
    /// The image.
    package let image: ELFImage

    private let catalog = Mutex<FunctionCatalog?>(nil)
    private let stubs = Mutex<LinkageTables?>(nil)

    /// Takes an image that was read from elsewhere than a file (the vDSO).
    package init(image: ELFImage) {
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
}
