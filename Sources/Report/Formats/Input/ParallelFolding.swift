internal import Dispatch
internal import Synchronization

/// Folds the blocks of a text on several threads.
enum ParallelFolding {
    /// Folds all blocks, a folder on each thread.
    ///
    /// - Throws: `FormatError` if a block cannot be read.
    static func fold<Folder: LineFolder>(
        _ blocks: InputBlocks, by first: Folder, others: Folder, threads: Int
    ) throws(FormatError) -> [Folder] {
        let source = Mutex(Source(blocks: blocks))
        let folders = Mutex([Folder]())
        DispatchQueue.concurrentPerform(iterations: max(threads, 1)) { number in
            var folder = number == 0 ? first : others
            while let block = source.withLock({ $0.next() }) {
                block.withBytes { folder.read(linesOf: $0) }
            }
            folder.finish()
            folders.withLock { $0.append(folder) }
        }
        if let error = source.withLock({ $0.error }) { throw error }
        return folders.withLock { $0 }
    }

    private struct Source {
        var blocks: InputBlocks
        var error: FormatError?

        mutating func next() -> InputBlocks.Block? {
            guard error == nil else { return nil }
            do {
                return try blocks.next()
            } catch {
                self.error = error
                return nil
            }
        }
    }
}
