import Glibc
import Testing

@testable import Symbolizer

@Suite struct ProcessInfoTests {
    @Test func `knows this process`() throws {
        let info = try ProcessInfo(of: ProcessID(getpid()))
        #expect(info.startTime > 0)
        #expect(info.isRunning)
        #expect(!info.isExecutableDeleted)
        #expect(info.threads.contains(ProcessID(getpid())))
    }

    @Test func `knows a child and when it has ended`() throws {
        let child = try #require(Child("/bin/sleep", ["60"]))
        let info = try ProcessInfo(of: child.id)
        #expect(info.executable.hasSuffix("/sleep"))
        child.kill()
        #expect(!info.isRunning)
        let zombie = #expect(throws: ProcessError.self) { try ProcessInfo(of: child.id) }
        #expect(zombie?.reason == .zombie)
        child.reap()
        let gone = #expect(throws: ProcessError.self) { try ProcessInfo(of: child.id) }
        #expect(gone?.description == "no process has the ID \(child.id)")
    }

    @Test(arguments: [Int32.max, 0, -1])
    func `no process has an impossible ID`(number: Int32) {
        let error = #expect(throws: ProcessError.self) { try ProcessInfo(of: ProcessID(number)) }
        #expect(error?.reason == .noSuchProcess)
    }

    @Test func `a thread is told from its process`() async throws {
        let own = ProcessID(getpid())
        let info = try ProcessInfo(of: own)
        let other = try #require(info.threads.first { $0 != own })
        let error = #expect(throws: ProcessError.self) { try ProcessInfo(of: other) }
        #expect(error?.description == "\(other) is a thread of process \(own); use --pid \(own)")
    }

    @Test func `a name may contain anything`() throws {
        let fields = (4...52).map { $0 == 22 ? "777" : "0" }.joined(separator: " ")
        let stat = try #require(ProcessStat(parsing: "12 (a) R (\n) S \(fields)"))
        #expect(stat.name == "a) R (\n")
        #expect(stat.state == "S")
        #expect(stat.startTime == 777)
        #expect(!stat.isKernelThread)
    }

    @Test(arguments: ["", "12", "12 (a", "12 )a(", "12 (a) R 1 2 3"])
    func `refuses what is no stat file`(text: String) {
        #expect(ProcessStat(parsing: text) == nil)
    }

    @Test func `reads the namespaces of a status file`() {
        let status = ProcessStatus(parsing: "Name:\tx\nTgid:\t12\nbad\nNSpid:\t12\t7\t1\n")
        #expect(status.threadGroup == ProcessID(12))
        #expect(status.namespaceIDs.last == ProcessID(1))
    }

    @Test(
        arguments: [
            (.kernelThread, "process 7 is a kernel thread; uprof profiles user-space programs"),
            (.is32Bit, "process 7 is a 32-bit program; uprof supports 64-bit programs only"),
            (
                .notPermitted(path: "/proc/7/maps"),
                "process 7: permission denied reading /proc/7/maps; "
                    + "run uprof as the user of the process, or as root with CAP_SYS_PTRACE"
            ),
        ] as [(ProcessError.Reason, String)])
    func `errors name the process and the remedy`(reason: ProcessError.Reason, message: String) {
        #expect(ProcessError(process: ProcessID(7), reason: reason).description == message)
    }
}
