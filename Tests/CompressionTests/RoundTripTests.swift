import Compression
import TestSupport
import Testing

@Suite struct RoundTripTests {
    /// A format that is both written and read.
    enum Format: CaseIterable {
        case zlib
        case gzip
        case zstandard

        func compress(_ bytes: [UInt8]) -> [UInt8]? {
            switch self {
            case .zlib: Zlib.compress(bytes)
            case .gzip: Gzip.compress(bytes)
            case .zstandard: Zstandard.compress(bytes)
            }
        }

        func decompress(_ bytes: [UInt8], size: Int) -> [UInt8]? {
            switch self {
            case .zlib:
                var output = [UInt8](repeating: 0, count: size)
                let isComplete = output.withUnsafeMutableBytes {
                    Zlib.decompress(bytes.span.bytes, into: $0)
                }
                return isComplete ? output : nil
            case .gzip:
                let inflater = Inflater()
                var output: [UInt8] = []
                guard (try? inflater.inflate(bytes) { output += $0 }) != nil else { return nil }
                return inflater.isComplete && output.count == size ? output : nil
            case .zstandard: return Zstandard.decompress(bytes.span.bytes, size: size)
            }
        }
    }

    /// Words that repeat, and some that do not.
    private var text: [UInt8] {
        var generator = SeededGenerator(seed: 7)
        return (0..<2000).flatMap { Array("word\($0 % 17) \(generator.next() % 1000)\n".utf8) }
    }

    @Test(arguments: Format.allCases)
    func `what was compressed comes back`(format: Format) throws {
        let compressed = try #require(format.compress(text))
        #expect(compressed.count < text.count / 2)
        #expect(format.decompress(compressed, size: text.count) == text)
    }

    @Test(arguments: Format.allCases)
    func `refuses another size than it has`(format: Format) throws {
        let compressed = try #require(format.compress(text))
        #expect(format.decompress(compressed, size: text.count - 1) == nil)
        #expect(format.decompress(compressed, size: text.count + 1) == nil)
    }

    @Test(arguments: Format.allCases)
    func `refuses what is cut off`(format: Format) throws {
        let compressed = try #require(format.compress(text))
        for count in stride(from: 0, to: compressed.count, by: 101) {
            #expect(format.decompress(Array(compressed.prefix(count)), size: text.count) == nil)
        }
    }

    @Test func `gzip does not depend on how the bytes are cut, and members follow each other`()
        throws
    {
        let members = Gzip.compress(text) + Gzip.compress(Array("end".utf8))
        let inflater = Inflater()
        var output: [UInt8] = []
        for byte in members { try inflater.inflate([byte]) { output += $0 } }
        #expect(inflater.isComplete)
        #expect(output == text + Array("end".utf8))
    }
}
