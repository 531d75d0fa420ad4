internal import Glibc
internal import Processes
internal import SystemPackage

/// Fetches debug files from servers, by `debuginfod-find` of elfutils.
///
/// The client keeps what it fetched (`DEBUGINFOD_CACHE_PATH`), and remembers what no server has.
package struct DebuginfodClient: Sendable {
    private let program: String
    private let timeLimit: Duration
    private let progress: @Sendable (String) -> Void

    /// Makes a client if `DEBUGINFOD_URLS` names servers, nil if it does not.
    ///
    /// - Parameters:
    ///   - program: The program that fetches.
    ///   - timeLimit: How long one file may take.
    ///   - progress: Told what is about to be fetched.
    package init?(
        program: String = "debuginfod-find", timeLimit: Duration = .seconds(120),
        progress: @escaping @Sendable (String) -> Void
    ) {
        guard let urls = getenv("DEBUGINFOD_URLS"), urls.pointee != 0 else { return nil }
        self.program = program
        self.timeLimit = timeLimit
        self.progress = progress
    }

    /// The debug file of an image.
    func debugFile(of image: ELFImage) -> Result<DebugFileCandidate, DebugFileProblem> {
        guard let buildID = image.buildID else {
            return .failure(.debuginfod("\(image.name) has no build ID to ask for"))
        }
        return self.image(of: buildID, for: image.name).map { file in
            DebugFileCandidate(image: file, proof: .buildID(buildID), supplements: [])
        }
    }

    /// The debug file of a build ID; `name` is the file that needs it.
    func image(of buildID: BuildID, for name: String) -> Result<ELFImage, DebugFileProblem> {
        progress("fetching the debug file of \(name) (build ID \(buildID)) by debuginfod")
        let result: BoundedProcess.Outcome
        do {
            result = try BoundedProcess(program, ["debuginfo", buildID.description])
                .run(within: timeLimit)
        } catch .noSuchFileOrDirectory {
            return .failure(
                .debuginfod(
                    "DEBUGINFOD_URLS is set, but there is no \(program) (Debian: debuginfod)"))
        } catch {
            return .failure(.debuginfod("cannot run \(program): \(error)"))
        }
        switch result {
        case .timedOut:
            return .failure(.debuginfod("nothing of build ID \(buildID) after \(timeLimit)"))
        case .exited(let status, let output) where status != 0 || output.isEmpty:
            return .failure(.debuginfod("no server has build ID \(buildID)"))
        case .exited(_, let output):
            let path = output.prefix { $0 != UInt8(ascii: "\n") }
            return open(FilePath(String(decoding: path, as: UTF8.self)), buildID)
        }
    }

    private func open(
        _ path: FilePath, _ buildID: BuildID
    ) -> Result<ELFImage, DebugFileProblem> {
        do throws(ELFError) {
            let image = try ELFImage(path: path)
            guard image.buildID == buildID else {
                return .failure(.wrongBuildID(path: path.string))
            }
            return .success(image)
        } catch {
            return .failure(.unreadable(error.description))
        }
    }
}
