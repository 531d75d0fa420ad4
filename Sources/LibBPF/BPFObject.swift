internal import CLibBPF
internal import Glibc
package import SystemPackage

/// The programs and maps of one compiled BPF object file.
///
/// It is opened, then configured (globals, map sizes, which programs are wanted), then loaded into
/// the kernel. The corresponding C type is `struct bpf_object`.
package struct BPFObject: ~Copyable {
    let handle: OpaquePointer

    /// Parses an object file held in memory. Its programs are fitted to the kernel by the type
    /// information in a file (BTF, or an image with it), else to what the kernel says of itself.
    ///
    /// - Parameters:
    ///   - name: What the kernel calls its maps and programs by.
    ///   - bytes: The object file.
    ///   - types: A file with the types of this kernel; its own where nil.
    /// - Throws: `BPFError` if libbpf cannot read it.
    package init(
        name: String, bytes: UnsafeRawBufferPointer, types: FilePath? = nil
    ) throws(BPFError) {
        var options = bpf_object_open_opts()
        options.sz = MemoryLayout<bpf_object_open_opts>.size
        var opened: OpaquePointer?
        try BPFLog.check("open the BPF object \(name)") {
            Self.withCString(types?.string) { types in
                name.withCString { name in
                    options.object_name = name
                    options.btf_custom_path = types
                    opened = bpf_object__open_mem(bytes.baseAddress, bytes.count, &options)
                }
            }
            return opened == nil ? -errno : 0
        }
        guard let opened else { throw BPFError("open the BPF object \(name)", errno: EINVAL) }
        handle = opened
    }

    deinit {
        bpf_object__close(handle)
    }

    private static func withCString(
        _ text: String?, _ body: (UnsafePointer<CChar>?) -> Void
    ) {
        guard let text else { return body(nil) }
        text.withCString { body($0) }
    }

    /// Sets a `const volatile` global before loading, or a plain one at any time.
    ///
    /// - Throws: `BPFError` if there is none of this name and size, or it is read-only by now.
    package func setGlobal<Value: BitwiseCopyable>(
        _ name: String, in section: GlobalSection, to value: Value
    ) throws(BPFError) {
        try setGlobal(name, in: section, bytes: withUnsafeBytes(of: value) { Array($0) })
    }

    /// Sets the bytes of a `const volatile` global before loading, or of a plain one at any time.
    ///
    /// - Throws: `BPFError` if there is none of this name and size, or it is read-only by now.
    package func setGlobal(
        _ name: String, in section: GlobalSection, bytes: [UInt8]
    ) throws(BPFError) {
        var size: UInt32 = 0
        let offset = uprof_global_offset(handle, section.rawValue, name, &size)
        let map = try map(section.rawValue)
        guard offset >= 0, Int(size) == bytes.count else {
            throw BPFError("set the BPF global \(name)", errno: ENOENT)
        }
        let isLoaded = bpf_map__fd(map) >= 0
        try BPFLog.check("set the BPF global \(name)") {
            bytes.withUnsafeBytes { bytes in
                isLoaded
                    ? Self.storeInKernel(map, bytes, at: offset)
                    : Self.storeInitially(map, bytes, at: offset)
            }
        }
    }

    /// Changes what a section's map starts with.
    private static func storeInitially(
        _ map: OpaquePointer, _ bytes: UnsafeRawBufferPointer, at offset: Int
    ) -> Int32 {
        var capacity = 0
        guard let memory = bpf_map__initial_value(map, &capacity),
            offset + bytes.count <= capacity
        else { return -ENOENT }
        // libbpf's own skeletons write there too, for all that its type is const.
        UnsafeMutableRawPointer(mutating: memory + offset).copyMemory(
            from: bytes.baseAddress ?? memory, byteCount: bytes.count)
        return 0
    }

    /// Changes a section's map in the kernel: it has one value, the whole section.
    private static func storeInKernel(
        _ map: OpaquePointer, _ bytes: UnsafeRawBufferPointer, at offset: Int
    ) -> Int32 {
        var key: UInt32 = 0
        var section = [UInt8](repeating: 0, count: Int(bpf_map__value_size(map)))
        guard bpf_map_lookup_elem(bpf_map__fd(map), &key, &section) == 0 else { return -errno }
        section.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        return bpf_map_update_elem(bpf_map__fd(map), &key, &section, UInt64(BPF_ANY)) == 0
            ? 0 : -errno
    }

    /// Chooses whether a program is loaded; all are by default.
    ///
    /// - Throws: `BPFError` if there is no such program.
    package func setLoads(_ loads: Bool, program name: String) throws(BPFError) {
        let program = try program(name)
        try BPFLog.check("choose the BPF program \(name)") {
            bpf_program__set_autoload(program, loads)
        }
    }

    /// Prepares a program for `BPFLinks.attachMulti`, before loading; it cannot be attached to single
    /// uprobes then.
    ///
    /// - Throws: `BPFError` if there is no such program.
    package func prepareForMulti(
        program name: String, isSession: Bool = false
    ) throws(BPFError) {
        let program = try program(name)
        try BPFLog.check("prepare the BPF program \(name)") {
            uprof_prepare_for_multi(
                program, isSession ? UPROF_UPROBE_SESSION : UPROF_UPROBE_MULTI)
        }
    }

    /// Sets how many entries a map can hold (a ring buffer: its size in bytes), before loading.
    ///
    /// - Throws: `BPFError` if there is no such map.
    package func setCapacity(_ entries: Int, map name: String) throws(BPFError) {
        let map = try map(name)
        try BPFLog.check("size the BPF map \(name)") {
            bpf_map__set_max_entries(map, UInt32(clamping: entries))
        }
    }

    /// Loads everything into the kernel, relocated to its types.
    ///
    /// - Throws: `BPFError` with the verifier's last lines if a program is rejected.
    package func load() throws(BPFError) {
        try BPFLog.check("load the BPF programs") { bpf_object__load(handle) }
    }

    /// Loads a copy of a loaded program that has a number of its own, where kernels have no cookies.
    ///
    /// - Parameters:
    ///   - name: The program.
    ///   - placeholder: What stands in its instructions.
    ///   - cookie: What is to stand there.
    /// - Returns: The copy, to be attached.
    /// - Throws: `BPFError` if the kernel refuses it.
    package func copy(
        program name: String, replacing placeholder: UInt64, by cookie: UInt64
    ) throws(BPFError) -> BPFProgramCopy {
        let program = try program(name)
        return BPFProgramCopy(
            descriptor: try BPFLog.check("load the BPF program \(name)") {
                uprof_load_copy(handle, program, placeholder, cookie)
            })
    }

    /// Lets programs go on with another program by a tail call: makes that a value of a map
    /// (`BPF_MAP_TYPE_PROG_ARRAY`).
    ///
    /// - Throws: `BPFError` if the kernel refuses, or there is no such map or program.
    package func setTailCall(
        at index: UInt32, of map: String, to program: String
    ) throws(BPFError) {
        let target = bpf_program__fd(try self.program(program))
        try mapView(map).set(target, for: index)
    }

    /// Runs a program of the kind `syscall` once, now (`BPF_PROG_RUN`, Linux 5.14).
    ///
    /// - Parameters:
    ///   - name: The program.
    ///   - context: What it reads and changes.
    /// - Returns: What it returns.
    /// - Throws: `BPFError` if the kernel refuses, or there is no such program.
    package func run<Context: BitwiseCopyable>(
        program name: String, on context: inout Context
    ) throws(BPFError) -> UInt32 {
        let program = bpf_program__fd(try program(name))
        var options = bpf_test_run_opts()
        options.sz = MemoryLayout<bpf_test_run_opts>.size
        let result = withUnsafeMutableBytes(of: &context) { bytes in
            options.ctx_in = UnsafeRawPointer(bytes.baseAddress)
            options.ctx_size_in = UInt32(bytes.count)
            return bpf_prog_test_run_opts(program, &options)
        }
        guard result == 0 else { throw BPFError("run the BPF program \(name)", errno: errno) }
        return options.retval
    }

    /// How often the kernel has passed over a program because it was running already
    /// (`recursion_misses`, Linux 5.12); zero where it does not tell.
    package func missedRuns(program name: String) -> UInt64 {
        guard let program = try? program(name) else { return 0 }
        return Self.missedRuns(descriptor: bpf_program__fd(program))
    }

    static func missedRuns(descriptor: Int32) -> UInt64 {
        var information = bpf_prog_info()
        var size = UInt32(MemoryLayout<bpf_prog_info>.size)
        let result = bpf_obj_get_info_by_fd(descriptor, &information, &size)
        return result == 0 ? information.recursion_misses : 0
    }

    /// How often a program has run and how long that took, in nanoseconds; zeros unless the kernel
    /// measures it (`kernel.bpf_stats_enabled`, Linux 5.1).
    package func runTime(program name: String) -> (runs: UInt64, nanoseconds: UInt64) {
        guard let program = try? program(name) else { return (0, 0) }
        var information = bpf_prog_info()
        var size = UInt32(MemoryLayout<bpf_prog_info>.size)
        guard bpf_obj_get_info_by_fd(bpf_program__fd(program), &information, &size) == 0 else {
            return (0, 0)
        }
        return (information.run_cnt, information.run_time_ns)
    }

    /// A view of one of the maps, valid while the object lives.
    ///
    /// - Throws: `BPFError` if there is no such map.
    @_lifetime(borrow self)
    package borrowing func mapView(_ name: String) throws(BPFError) -> BPFMap {
        BPFMap(handle: try map(name), owner: self)
    }

    /// The handle of a program, for attaching it.
    func program(_ name: String) throws(BPFError) -> OpaquePointer {
        guard let program = bpf_object__find_program_by_name(handle, name) else {
            throw BPFError("find the BPF program \(name)", errno: ENOENT)
        }
        return program
    }

    private func map(_ name: String) throws(BPFError) -> OpaquePointer {
        guard let map = bpf_object__find_map_by_name(handle, name) else {
            throw BPFError("find the BPF map \(name)", errno: ENOENT)
        }
        return map
    }

    /// The sections that hold global variables.
    package enum GlobalSection: String, CaseIterable, Sendable {
        /// Constants: fixed once loaded.
        case readOnly = ".rodata"
        /// Variables that start as zero.
        case zeroed = ".bss"
        /// Variables that start as something else.
        case initialized = ".data"
    }
}
