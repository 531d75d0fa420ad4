internal import CLibBPF

/// What an object has, as far as its file says; nothing need be loaded.
extension BPFObject {
    /// A program as its file describes it.
    package struct Program: Sendable {
        /// The name of its function.
        package let name: String
        /// The section it is in, which says what it is.
        package let section: String
        /// What it can be attached to.
        package let kind: Kind

        /// What programs can be attached to (`enum bpf_prog_type`).
        package enum Kind: Sendable {
            /// Functions, of the kernel or of programs.
            case probe
            case tracepoint
            case rawTracepoint
            /// The clock, and other events that are counted.
            case perfEvent
            /// Something that has no name here.
            case other
        }
    }

    /// A map as its file describes it.
    package struct Map: Sendable {
        /// Its name.
        package let name: String
        /// What it is.
        package let kind: Kind
        /// The size of a key in bytes.
        package let keySize: Int
        /// The size of a value in bytes.
        package let valueSize: Int
        /// The numbers of the types of key and value in the object's type information; 0 where the
        /// map was declared without.
        package let types: (key: UInt32, value: UInt32)
        /// How many entries it can have.
        package let capacity: Int

        /// What a map is (`enum bpf_map_type`).
        package enum Kind: Sendable {
            case array
            case hash
            case perCPUArray
            case perCPUHash
            case perfEventArray
            case ringBuffer
            /// Something that is not printed.
            case other

            /// Whether each processor has a value of its own.
            package var isPerCPU: Bool { self == .perCPUArray || self == .perCPUHash }
            /// Whether its keys are the numbers from 0.
            package var isArray: Bool { self == .array || self == .perCPUArray }
        }
    }

    /// Its programs, in the order of the file.
    package var programs: [Program] {
        var programs: [Program] = []
        var next = bpf_object__next_program(handle, nil)
        while let program = next {
            programs.append(
                Program(
                    name: String(cString: bpf_program__name(program)),
                    section: String(cString: bpf_program__section_name(program)),
                    kind: Program.Kind(bpf_program__type(program))))
            next = bpf_object__next_program(handle, program)
        }
        return programs
    }

    /// Its maps, those that hold global variables left out.
    package var maps: [Map] {
        var maps: [Map] = []
        var next = bpf_object__next_map(handle, nil)
        while let map = next {
            if !bpf_map__is_internal(map) { maps.append(Map(map)) }
            next = bpf_object__next_map(handle, map)
        }
        return maps
    }
}

extension BPFObject.Program.Kind {
    fileprivate init(_ type: bpf_prog_type) {
        switch type {
        case BPF_PROG_TYPE_KPROBE: self = .probe
        case BPF_PROG_TYPE_TRACEPOINT: self = .tracepoint
        case BPF_PROG_TYPE_RAW_TRACEPOINT: self = .rawTracepoint
        case BPF_PROG_TYPE_PERF_EVENT: self = .perfEvent
        default: self = .other
        }
    }
}

extension BPFObject.Map {
    fileprivate init(_ map: OpaquePointer) {
        name = String(cString: bpf_map__name(map))
        kind = Kind(bpf_map__type(map))
        keySize = Int(bpf_map__key_size(map))
        valueSize = Int(bpf_map__value_size(map))
        types = (bpf_map__btf_key_type_id(map), bpf_map__btf_value_type_id(map))
        capacity = Int(bpf_map__max_entries(map))
    }
}

extension BPFObject.Map.Kind {
    fileprivate init(_ type: bpf_map_type) {
        switch type {
        case BPF_MAP_TYPE_ARRAY: self = .array
        case BPF_MAP_TYPE_HASH, BPF_MAP_TYPE_LRU_HASH: self = .hash
        case BPF_MAP_TYPE_PERCPU_ARRAY: self = .perCPUArray
        case BPF_MAP_TYPE_PERCPU_HASH, BPF_MAP_TYPE_LRU_PERCPU_HASH: self = .perCPUHash
        case BPF_MAP_TYPE_PERF_EVENT_ARRAY: self = .perfEventArray
        case BPF_MAP_TYPE_RINGBUF: self = .ringBuffer
        default: self = .other
        }
    }
}
