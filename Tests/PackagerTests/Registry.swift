import Foundation
import TestSupport

/// A registry of container images on loopback, `docker-registry` of Debian.
final class Registry {
    /// Where it listens.
    let port: Int

    private let process: RunningProcess

    /// Starts it on a free port and returns once it answers.
    init(in scratch: ScratchDirectory) async throws {
        let port = Int.random(in: 20_000..<60_000)
        let configuration = """
            version: 0.1
            storage:
              filesystem:
                rootdirectory: \(scratch.file("registry"))
            http:
              addr: 127.0.0.1:\(port)
            """
        let path = try scratch.write(configuration, to: "registry.yml")
        process = try RunningProcess(Tool.path("docker-registry") ?? "", ["serve", path])
        self.port = port
        for _ in 0..<100 {
            let probe = "exec 3<>/dev/tcp/127.0.0.1/\(port)"
            if try await run("/bin/bash", ["-c", probe]).status == 0 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    deinit {
        process.signal(SIGTERM)
    }
}
