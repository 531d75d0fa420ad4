internal import CUprofABI
internal import Symbolizer

/// All images met while recording, by number. They stay open, so that stacks can be named after
/// their processes have exited.
struct RecordedImages {
    /// An image.
    struct Image {
        /// The open file; nil if it could not be opened.
        let loaded: LoadedImage?
        /// Its path as the process saw it.
        let path: String
        /// The last part of its path.
        let module: String
        /// Its build ID in hexadecimal digits; empty if it has none.
        let buildID: String
        /// How many processes have it mapped.
        var users = 0

        init(loaded: LoadedImage?, path: String) {
            self.loaded = loaded
            self.path = path
            module = String(path.split(separator: "/").last ?? "")
            buildID = loaded?.image.buildID?.description ?? ""
        }
    }

    private let limit: Int
    private var images: [Image] = []
    private var numbers: [ObjectIdentifier: ImageNumber] = [:]
    private var unreadable: [String: ImageNumber] = [:]
    private(set) var vdso: ImageNumber?

    /// - Parameter limit: How many there may be; the largest number stands for generated code.
    init(limit: Int = Int(UPROF_MAX_IMAGES) - 1) {
        self.limit = limit
    }

    /// The image of a number.
    subscript(number: ImageNumber) -> Image? {
        let index = Int(number.rawValue) - 1
        return images.indices.contains(index) ? images[index] : nil
    }

    /// Images that no process has mapped any more.
    var unused: [ImageNumber] {
        images.indices.filter { images[$0].users == 0 }.map { ImageNumber(UInt16($0 + 1)) }
    }

    /// The number of an open image, and whether it is new; nil once all numbers are used.
    mutating func number(
        of loaded: LoadedImage, path: String
    ) -> (number: ImageNumber, isNew: Bool)? {
        if let known = numbers[ObjectIdentifier(loaded)] { return (known, false) }
        guard let number = add(Image(loaded: loaded, path: path)) else { return nil }
        numbers[ObjectIdentifier(loaded)] = number
        return (number, true)
    }

    /// The number of an image that cannot be opened.
    mutating func number(ofUnreadable path: String) -> (number: ImageNumber, isNew: Bool)? {
        if let known = unreadable[path] { return (known, false) }
        guard let number = add(Image(loaded: nil, path: path)) else { return nil }
        unreadable[path] = number
        return (number, true)
    }

    /// The number of the vDSO, which all processes share.
    mutating func number(
        ofVDSO read: () -> ELFImage?
    ) -> (number: ImageNumber, isNew: Bool)? {
        if let vdso { return (vdso, false) }
        guard let image = read(),
            let number = add(Image(loaded: LoadedImage(image: image), path: "[vdso]"))
        else { return nil }
        vdso = number
        return (number, true)
    }

    /// Takes note of how many more processes have images mapped.
    mutating func changeUsers(of numbers: some Sequence<ImageNumber>, by change: Int) {
        for number in numbers { images[Int(number.rawValue) - 1].users += change }
    }

    private mutating func add(_ image: Image) -> ImageNumber? {
        guard images.count < limit else { return nil }
        images.append(image)
        return ImageNumber(UInt16(images.count))
    }
}
