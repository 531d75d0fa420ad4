import SystemPackage
import TestSupport
import Testing

@testable import Symbolizer

/// The addresses for which a location is said to be true as well.
@Suite struct LocationExtentTests {
    /// Each with other sources: inlined calls, split by dwz, symbols alone, Swift, assembler,
    /// debug files.
    @Test(
        arguments: [
            "kvstore", "names-swift", "variant-dynsym", "variant-static", "exceptions",
            "debug-files/link-beside/program", "debug-files/dwz/program",
            "/usr/lib/x86_64-linux-gnu/libc.so.6", "/usr/lib/x86_64-linux-gnu/libstdc++.so.6",
        ], [true, false])
    func haveTheSameLocation(program: String, inlines: Bool) throws {
        let path = program.hasPrefix("/") ? program : try TestTarget(program).path
        let image = try ImageCache().image(at: FilePath(path))
        image.expectMany()
        let functions = image.functions
        var (places, extents) = (0, Set<Range<UInt64>>())
        for index in stride(from: 0, to: functions.count, by: max(functions.count / 80, 1)) {
            let function = functions[index]
            // Some before and behind it too.
            let start = function.address.rawValue - min(function.address.rawValue, 8)
            let code = start..<start + min(function.size, 1024) + 24
            let found = code.map { address in
                var extent = Range.everywhere
                let location = image.location(of: Address(address), inlines: inlines, &extent)
                return (extent: extent.clamped(to: code), location: location.withoutPlace)
            }
            // Where a location begins that is not that of the address before.
            let changes =
                [code.lowerBound]
                + code.dropFirst().filter { address in
                    let place = Int(address - start)
                    return found[place].location != found[place - 1].location
                } + [code.upperBound]
            for (first, end) in zip(changes, changes.dropFirst()) {
                for address in first..<end {
                    let extent = found[Int(address - start)].extent
                    #expect(
                        extent.clamped(to: first..<end) == extent,
                        "\(Address(address)) near \(function)")
                    extents.insert(extent)
                }
            }
            places += code.count
        }
        #expect(places > 100)
        // Of lines, each has some instructions.
        #expect(extents.count < places / 2)
    }

    /// Addresses that nothing is known of stand for themselves alone.
    @Test(arguments: [0, 1, 0x7fff_ffff_ffff, .max] as [UInt64])
    func areNoneOutside(address: UInt64) throws {
        let image = try ImageCache().image(at: FilePath(TestTarget("kvstore").path))
        var extent = Range.everywhere
        _ = image.location(of: Address(address), inlines: true, &extent)
        #expect(extent.count <= 1)
    }
}

extension CodeLocation {
    /// What is the same for all addresses of a line.
    fileprivate var withoutPlace: CodeLocation {
        var location = self
        location.address = Address(0)
        location.fileOffset = nil
        for index in frames.indices {
            location.frames[index].offset = nil
            location.frames[index].position?.column = 0
        }
        return location
    }
}
