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

    /// Folds texts that follow each other, each on a thread of its own.
    ///
    /// - Returns: A folder for each of them, in their order.
    /// - Throws: `FormatError` if a block cannot be read.
    static func fold<Folder: LineFolder>(
        parts: [InputBlocks], by empty: Folder
    ) throws(FormatError) -> [Folder] {
        let results = Mutex([Int: Result<Folder, FormatError>]())
        DispatchQueue.concurrentPerform(iterations: parts.count) { number in
            let result = Result { () throws(FormatError) in
                var (blocks, folder) = (parts[number], empty)
                while let block = try blocks.next() {
                    block.withBytes { folder.read(linesOf: $0) }
                }
                folder.finish()
                return folder
            }
            results.withLock { $0[number] = result }
        }
        let folded = results.withLock { $0 }
        var folders: [Folder] = []
        for number in parts.indices {
            if let result = folded[number] { folders.append(try result.get()) }
        }
        return folders
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
