import Foundation
import LibBPF
import SystemPackage
import TestSupport
import Testing

/// The object of `uprof attach`, as make has compiled it.
enum AttachObject {
    /// Opens it.
    ///
    /// - Throws: `BPFError`, or an error of Foundation if it is not there.
    static func open() throws -> BPFObject {
        let path = TestTarget.packageDirectory + "/bpf/build/attach.bpf.o"
        let bytes = UnsafeMutableRawBufferPointer.allocate(
            copying: try Data(contentsOf: URL(filePath: path)))
        defer { bytes.deallocate() }
        return try BPFObject(name: "attach", bytes: UnsafeRawBufferPointer(bytes))
    }

    /// Opens and loads it with room for a few functions.
    ///
    /// - Throws: What `open` throws.
    static func load() throws -> BPFObject {
        let object = try open()
        try object.setCapacity(4, map: "functions")
        try object.setCapacity(4, map: "live_functions")
        try object.load()
        return object
    }
}

extension UnsafeMutableRawBufferPointer {
    /// Memory of the caller's own with some bytes in it.
    fileprivate static func allocate(copying data: Data) -> Self {
        let memory = allocate(byteCount: data.count, alignment: 16)
        memory.copyBytes(from: data)
        return memory
    }
}

/// Opening and configuring, which needs no privilege.
@Suite struct BPFObjectTests {
    /// libbpf knows what is wrong; its words are part of the error.
    @Test(arguments: [
        [UInt8](repeating: 0x41, count: 512),
        [0x7f, 0x45, 0x4c, 0x46] + [UInt8](repeating: 0, count: 508),
        [],
    ])
    func carriesTheWordsOfLibBPF(garbage: [UInt8]) {
        let error = #expect(throws: BPFError.self) {
            try garbage.withUnsafeBytes { _ = try BPFObject(name: "garbage", bytes: $0) }
        }
        let text = "\(error as Any)"
        #expect(text.contains("cannot open the BPF object garbage"))
        if !garbage.isEmpty { #expect(error?.messages.contains { $0.contains("libbpf") } == true) }
    }

    @Test func opensTheObject() throws {
        let object = try AttachObject.open()
        try object.setGlobal("slower_than_ns", in: .readOnly, to: UInt64(1_000))
        try object.setCapacity(8, map: "functions")
    }

    @Test func refusesGlobalsThereAreNot() throws {
        let object = try AttachObject.open()
        let error = #expect(throws: BPFError.self) {
            try object.setGlobal("no_such_global", in: .readOnly, to: UInt64(1))
        }
        #expect("\(error as Any)".contains("no_such_global"))
        #expect(error?.errno == .noSuchFileOrDirectory)
    }

    /// A value of another size would write over its neighbours.
    @Test func refusesGlobalsOfAnotherSize() throws {
        let object = try AttachObject.open()
        #expect(throws: BPFError.self) {
            try object.setGlobal("slower_than_ns", in: .readOnly, to: UInt32(1))
        }
        #expect(throws: BPFError.self) {
            try object.setGlobal("count_stacks", in: .readOnly, to: UInt64(1))
        }
        // Of the right size, in the wrong section.
        #expect(throws: BPFError.self) {
            try object.setGlobal("slower_than_ns", in: .zeroed, to: UInt64(1))
        }
    }

    @Test func refusesMapsAndProgramsThereAreNot() throws {
        let object = try AttachObject.open()
        let errors = [
            #expect(throws: BPFError.self) { try object.setCapacity(1, map: "no_such_map") },
            #expect(throws: BPFError.self) { _ = try object.mapView("no_such_map") },
            #expect(throws: BPFError.self) { try object.setLoads(false, program: "no_such_one") },
        ]
        #expect(errors.allSatisfy { "\($0 as Any)".contains("no_such_") })
    }
}

/// Loading, which does.
@Suite(.serialized, .enabled(if: Capability.bpf.isAvailable, "\(Capability.bpf.reason)"))
struct BPFObjectLoadingTests {
    @Test func changesVariablesAndNotConstantsOnceLoaded() throws {
        let object = try AttachObject.load()
        try object.setGlobal("uprof_phase", in: .zeroed, to: UInt32(1))
        #expect(throws: BPFError.self) {
            try object.setGlobal("slower_than_ns", in: .readOnly, to: UInt64(1))
        }
    }

    /// What cannot be loaded says which map or program it is.
    @Test func saysWhatCannotBeLoaded() throws {
        let object = try AttachObject.open()
        // More than the kernel allows an array to have.
        try object.setCapacity(Int(UInt32.max), map: "functions")
        let error = #expect(throws: BPFError.self) { try object.load() }
        #expect("\(error as Any)".contains("cannot load the BPF programs"))
        #expect("\(error as Any)".contains("functions"))
    }

    @Test func leavesOutProgramsThatAreNotWanted() throws {
        let object = try AttachObject.open()
        try object.setLoads(false, program: "thread_exit")
        try object.load()
        var links = BPFLinks()
        try links.attach("process_exec", of: object)
        #expect(throws: BPFError.self) { try links.attach("thread_exit", of: object) }
        let count = links.count
        #expect(count == 1)
    }

    @Test func readsCountersAndKeys() throws {
        let object = try AttachObject.load()
        let losses = try object.mapView("losses")
        let first = losses.value(of: UInt32(0), as: UInt64.self)
        let beyond = losses.value(of: UInt32(1_000), as: UInt64.self)
        #expect(first == 0)
        #expect(beyond == nil)
        let threads = try object.mapView("threads").keys(as: UInt32.self)
        #expect(threads.isEmpty)
    }
}
