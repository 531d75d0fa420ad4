import Glibc
import SystemPackage
import Testing

@testable import Bytes

@Suite struct MappedFileTests {
    @Test func `maps a file`() throws {
        let file = try MappedFile(path: "/proc/self/exe")
        #expect(file.bytes.extracting(1..<4).text == "ELF")
    }

    @Test func `keeps bytes of memory`() {
        let file = MappedFile(contents: [1, 2, 3])
        #expect(file.bytes.array == [1, 2, 3])
        let empty = MappedFile(contents: [])
        #expect(empty.bytes.byteCount == 0)
    }

    // The files of /proc say they are empty.
    @Test func `an empty file has no bytes`() throws {
        let file = try MappedFile(path: "/proc/self/maps")
        #expect(file.bytes.byteCount == 0)
    }

    @Test func `what a file loses reads as zeros`() throws {
        MappedFile.outliveTruncation()
        let name = FilePath("/tmp/uprof-truncated-\(getpid())")
        let descriptor = try FileDescriptor.open(
            name, .readWrite, options: [.create, .exclusiveCreate],
            permissions: [.ownerReadWrite])
        defer {
            try? descriptor.close()
            unlink(name.string)
        }
        try descriptor.writeAll([UInt8](repeating: 0xff, count: 5 * 4096))
        let file = try MappedFile(descriptor: descriptor)
        try descriptor.resize(to: 2 * 4096)
        #expect(file.bytes.byte(at: 2 * 4096 - 1) == 0xff)
        #expect(file.bytes.byte(at: 2 * 4096) == 0)
        #expect(file.bytes.byte(at: 5 * 4096 - 1) == 0)
    }

    @Test func `tells why a file cannot be mapped`() {
        #expect(throws: Errno.noSuchFileOrDirectory) { try MappedFile(path: "/nonexistent") }
        #expect(throws: Errno.isDirectory) { try MappedFile(path: "/") }
        #expect(throws: Errno.notSupported) { try MappedFile(path: "/dev/null") }
    }
}
