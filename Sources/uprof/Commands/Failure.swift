internal import ArgumentParser
internal import BTFHub
internal import LibBPF
internal import Packager
internal import Profiler
internal import Symbolizer
internal import SystemPackage

/// From an error to one message on stderr and an exit status scripts can use.
enum Failure {
    /// EX_USAGE: options that make no sense.
    static let usage: Int32 = 64
    /// EX_DATAERR: a bundle, its signature or its manifest is refused.
    static let refused: Int32 = 65
    /// EX_UNAVAILABLE: this kernel cannot.
    static let unavailable: Int32 = 69
    /// EX_NOPERM: not permitted.
    static let notPermitted: Int32 = 77

    /// Runs a command's work; an error is reported and becomes an exit status.
    ///
    /// - Throws: `ExitCode`, and the errors of the argument parser as they are.
    static func reporting<Result: ~Copyable>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as StreamError where error.isClosedPipe {
            throw ExitCode.success
        } catch let error as ValidationError {
            throw error
        } catch let error as ExitCode {
            throw error
        } catch {
            let status = status(of: error)
            // The verifier, for one, says EACCES of a program it does not like.
            let isDenied = (error as? BPFError)?.errno == .notPermitted
            let remedy = isDenied ? "; \(MeasurementRights.remedy)" : ""
            StandardError.write("uprof: \(error)\(remedy)\n")
            throw ExitCode(status)
        }
    }

    /// Tells errors that have been put off; a reader of stdout that has gone is none.
    ///
    /// - Throws: The first of them, once the others are told.
    static func report(_ errors: [any Error]) throws {
        let errors = errors.filter { ($0 as? StreamError)?.isClosedPipe != true }
        for error in errors.dropFirst() { StandardError.write("uprof: \(error)\n") }
        if let first = errors.first { throw first }
    }

    private static func status(of error: any Error) -> Int32 {
        switch error {
        case let error as BPFError: status(of: error.errno)
        case let error as AttachError:
            error.isPermission ? notPermitted : error.isUnavailable ? unavailable : 1
        case let error as PerfSamplingError:
            error.isPermission ? notPermitted : unavailable
        case let error as LaunchError where error.errno == .notPermitted: notPermitted
        case let error as ProcessError: isPermission(error.reason) ? notPermitted : 1
        case let error as KernelSymbolsError where error.isPermission: notPermitted
        case let error as ELFError: isPermission(error.reason) ? notPermitted : 1
        case let error as BTFError: status(of: error.reason)
        case let error as HubError:
            if case .system(let errno) = error.reason { status(of: errno) } else { 1 }
        case let error as BundleError: if case .unusable = error { 1 } else { refused }
        case is ManifestError: refused
        case let error as ObjectError: status(of: error)
        case let error as SigningError: status(of: error)
        case is NoKernelTypes, is NoProcessFiles: unavailable
        default: 1
        }
    }

    private static func status(of error: ObjectError) -> Int32 {
        switch error {
        case .mismatch: refused
        case .unsuitable: usage
        case .notAttached, .unavailable: unavailable
        case .noFile, .noReturn: 1
        }
    }

    private static func status(of error: SigningError) -> Int32 {
        switch error {
        case .malformed, .otherKey, .invalid: refused
        case .wrongPassword, .file, .open: 1
        }
    }

    private static func status(of reason: BTFError.Reason) -> Int32 {
        if case .unreadable(let errno) = reason { status(of: errno) } else { 1 }
    }

    private static func isPermission(_ reason: ProcessError.Reason) -> Bool {
        if case .notPermitted = reason { true } else { false }
    }

    private static func isPermission(_ reason: ELFError.Reason) -> Bool {
        [.unreadable(.permissionDenied), .unreadable(.notPermitted)].contains(reason)
    }

    private static func status(of errno: Errno) -> Int32 {
        switch errno {
        case .permissionDenied, .notPermitted: notPermitted
        case .noFunction, .notSupported, .invalidArgument, .argListTooLong: unavailable
        default: 1
        }
    }
}
