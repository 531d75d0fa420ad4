import Report
import Testing

@Suite("Folding other texts")
struct TextFormatTests {
    @Test("adds folded lines up")
    func folded() throws {
        let text = "# a comment\nmain;b 2\nmain;a 1\r\nmain;b 3\n\nmain;c d 4\nall 1"
        #expect(try fold(text, .folded) == "all 1\nmain;a 1\nmain;b 5\nmain;c d 4\n")
    }

    @Test("adds fractions and large counts exactly")
    func counts() throws {
        #expect(try fold("a 0.1\na 0.2\nb 1.5\nb 0.5\n") == "a 0.3\nb 2\n")
        #expect(try fold("a 9007199254740993\na 2\n") == "a 9007199254740995\n")
        #expect(
            try fold("a 18446744073709551615\na 2\n") == "a 18446744073709551615\n",
            "stays at the maximum")
    }

    @Test("reads the maps of bpftrace")
    func bpftrace() throws {
        let text = """
            Attaching 1 probe...

            @[
                read+18
                main+40
            ]: 3
            @[
                vfs_read+1
            ,
                read+18
                main+40
            , cat]: 2
            @[cat, 
                write+5
            ]: 1
            @names[bash, 17]: 4

            """
        #expect(
            try fold(text) == "17;bash 4\ncat;main;read;vfs_read 2\ncat;write 1\nmain;read 3\n")
    }

    @Test("reads the aggregations of DTrace")
    func dtrace() throws {
        let text = """
            CPU     ID                    FUNCTION:NAME
              0  64091                        :tick-60s

              unix`mutex_enter+0x10
              genunix`read+0x1f
                5

              libstd`ns::f(int)+0x3
              genunix`read+0x20
                7

            """
        #expect(
            try fold(text) == "genunix`read;libstd`ns::f 7\ngenunix`read;unix`mutex_enter 5\n")
    }

    @Test("reads the call graph of sample")
    func sample() throws {
        let text = """
            Analysis of sampling app (pid 1) every 1 millisecond
            Call graph:
                10 Thread_1   DispatchQueue_1: main  (serial)
                + 10 start  (in dyld) + 1942  [0x18]
                +   7 main  (in app) + 24  [0x10]
                +   ! 3 work(int)  (in libw.dylib) + 8  [0x11]
                +   2 other  (in app) + 2  [0x12]

            Total number in stack (recursive counted multiple, when >=5):

            """
        #expect(
            try fold(text) == """
                Thread_1   DispatchQueue_1: main  (serial);dyld`start 1
                Thread_1   DispatchQueue_1: main  (serial);dyld`start;app`main 4
                Thread_1   DispatchQueue_1: main  (serial);dyld`start;app`main;libw.dylib`work(int) 3
                Thread_1   DispatchQueue_1: main  (serial);dyld`start;app`other 2

                """)
    }

    @Test("reads what go tool pprof -raw prints")
    func go() throws {
        let text = """
            PeriodType: cpu nanoseconds
            Period: 10000000
            Samples:
            samples/count cpu/nanoseconds
                      2   20000000: 1 2 
                            thread:[a]
                      1   10000000: 2 
            Locations
                 1: 0x46f1c1 M=1 runtime.memmove /usr/x.s:1 s=0
                         main.inlined(...) /usr/y.go:3 s=2
                 2: 0x46f1c2 M=1 main.main /usr/y.go:9 s=0
            Mappings
            1: 0x400000/0x500000/0x0 /bin/x [FN]

            """
        #expect(
            try fold(text) == "main.main 1\nmain.main;main.inlined(...);runtime.memmove 2\n")
    }

    @Test(
        "tells what is wrong with a file",
        arguments: [
            ("", "test is empty; give it a profile"), ("# nothing\n", "cannot tell the format"),
            ("PERFILE2xxxx", "give the output of perf script"),
            ("hello world\n", "cannot tell the format of test; name it with --from"),
            ("{\"a\": 1}", "cannot tell the format"),
        ])
    func errors(text: String, message: String) throws {
        let error = #expect(throws: FormatError.self) { try fold(text) }
        #expect(error?.description.contains(message) == true)
    }

    @Test("has a message for a file without samples")
    func emptyProfiles() throws {
        #expect(throws: FormatError(path: "test", reason: .withoutSamples)) {
            try fold("# only this\n", .folded)
        }
    }
}
