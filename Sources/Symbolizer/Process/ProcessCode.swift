internal import Synchronization

/// The code a process runs that is in no file: the kernel's vDSO, and what the process generated.
final class ProcessCode: Sendable {
    /// The vDSO, as it was read when the process was first seen.
    let vdso: LoadedImage?

    private let generated: Mutex<GeneratedCode>

    /// Looks at a process.
    init(of snapshot: ProcessSnapshot) {
        vdso = snapshot.readVDSO().map { LoadedImage(image: $0) }
        generated = Mutex(GeneratedCode(of: snapshot.process))
        update(snapshot)
    }

    /// Reads what the process has told of its generated code since.
    func update(_ snapshot: ProcessSnapshot) {
        generated.withLock { $0.update(snapshot.mappings) }
    }

    /// The generated function an address is in, or why there is none; what is not known is looked
    /// for in what was written since.
    func function(at address: Address, in snapshot: ProcessSnapshot) -> SymbolIndex.Lookup {
        generated.withLock { code in
            if code.lookup(address) == nil { code.update(snapshot.mappings) }
            guard let function = code.lookup(address) else {
                return .unknown(code.refusal.map { .refusedNames($0) } ?? .noFile)
            }
            return .function(function, offset: address.rawValue - function.address.rawValue)
        }
    }

    /// What is known of a generated function besides its name.
    func jitFunction(at address: Address) -> JITFunction? {
        generated.withLock { $0.jitFunction(address) }
    }
}

/// The code of the processes seen that is in no file.
final class ProcessCodes: Sendable {
    private struct Key: Hashable {
        var process: ProcessID
        var startTime: UInt64
    }

    private let codes = Mutex<[Key: ProcessCode]>([:])

    /// The code of a process, looked at now if it was not before.
    func code(of snapshot: ProcessSnapshot) -> ProcessCode {
        let process = snapshot.process
        let key = Key(process: process.id, startTime: process.startTime)
        if let known = codes.withLock({ $0[key] }) { return known }
        let made = ProcessCode(of: snapshot)
        return codes.withLock { codes in
            let kept = codes[key] ?? made
            codes[key] = kept
            return kept
        }
    }
}
