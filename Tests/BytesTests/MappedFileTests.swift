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

    @Test func `tells why a file cannot be mapped`() {
        #expect(throws: Errno.noSuchFileOrDirectory) { try MappedFile(path: "/nonexistent") }
        #expect(throws: Errno.isDirectory) { try MappedFile(path: "/") }
        #expect(throws: Errno.notSupported) { try MappedFile(path: "/dev/null") }
    }
}
