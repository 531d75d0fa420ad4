internal import Dispatch
internal import Synchronization

extension FoldedFile {
    /// Reads two files at the same time.
    ///
    /// - Throws: `InputError` if one of them cannot be read; of two, the first one's.
    package static func readBoth(
        _ first: FoldedFile, _ second: FoldedFile, _ options: FoldedParser.Options
    ) throws(InputError) -> (Content, Content) {
        let files = [first, second]
        let results = Mutex<[Int: Result<Content, InputError>]>([:])
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
            let result = Result { () throws(InputError) in try files[index].read(options) }
            results.withLock { $0[index] = result }
        }
        let read = results.withLock { $0 }
        guard let first = read[0], let second = read[1] else {
            preconditionFailure("both files have been read or have failed")
        }
        return (try first.get(), try second.get())
    }
}
