internal import Bytes

/// The tables of a pprof profile, as they are in the file: `proto/profile.proto` of google/pprof.
///
/// All of a message is optional, and tables may come in any order, so nothing refers to anything
/// until all are read.
struct PProfTables {
    /// A kind of value, as numbers of strings.
    struct ValueType {
        var type: UInt64 = 0
        var unit: UInt64 = 0
    }

    /// A function.
    struct Function {
        var id: UInt64 = 0
        var name: UInt64 = 0
        var systemName: UInt64 = 0
        var file: UInt64 = 0
    }

    /// A part of a module in memory.
    struct Mapping {
        var id: UInt64 = 0
        var start: UInt64 = 0
        var limit: UInt64 = 0
        var offset: UInt64 = 0
        var file: UInt64 = 0
        var buildID: UInt64 = 0
    }

    /// An instruction: its functions, the innermost first, with their lines.
    struct Location {
        var id: UInt64 = 0
        var mapping: UInt64 = 0
        var address: UInt64 = 0
        var lines: [(function: UInt64, line: UInt64)] = []
    }

    /// A label of a sample.
    struct Label {
        var key: UInt64 = 0
        var text: UInt64 = 0
        var number: Int64 = 0
        var unit: UInt64 = 0
    }

    /// A stack, the leaf first, with values.
    struct Sample {
        var locations: [UInt64] = []
        var values: [UInt64] = []
        var labels: [Label] = []
    }

    var sampleTypes: [ValueType] = []
    var samples: [Sample] = []
    var mappings: [Mapping] = []
    var locations: [Location] = []
    var functions: [Function] = []
    var strings: [String] = []
    var comments: [UInt64] = []
    var timeNanoseconds: UInt64 = 0
    var durationNanoseconds: UInt64 = 0
    var periodType = ValueType()
    var period: UInt64 = 0
    var defaultSampleType: UInt64 = 0

    /// A string by its number.
    func string(_ number: UInt64) -> String {
        Int(exactly: number).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
    }
}
