import SystemPackage
import Testing

@testable import Bytes

@Suite struct MappedFileTests {
    @Test func `maps a file`() throws {
        let file = try MappedFile(path: "/proc/self/exe")
        #expect(file.bytes.extracting(1..<4).text == "ELF")
    }

    @Test func `bytes that were forgotten are there again`() throws {
        let file = try MappedFile(path: "/proc/self/exe")
        let bytes = file.bytes.array
        for range in [0..<bytes.count, 1..<5000, 0..<0, 4096..<bytes.count + 4096] {
            file.forget(range)
            #expect(file.bytes.array == bytes)
        }
        let memory = MappedFile(contents: [1, 2, 3])
        memory.forget(0..<3)
        #expect(memory.bytes.array == [1, 2, 3])
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
