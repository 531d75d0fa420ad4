/// The names of a function, as indices of the entries of its catalog, the preferred one first.
struct FunctionNames: RandomAccessCollection {
    private let only: Int
    private let several: [Int]

    /// Those of a function that has one name, as nearly all have: it costs no array.
    init(only: Int) {
        self.only = only
        several = []
    }

    /// Those of a function that has more.
    init(_ several: [Int]) {
        only = several.first ?? 0
        self.several = several
    }

    /// The preferred one.
    var preferred: Int { only }

    var startIndex: Int { 0 }
    var endIndex: Int { Swift.max(several.count, 1) }

    subscript(index: Int) -> Int { several.isEmpty ? only : several[index] }
}
