import Report
import Testing

@Suite("Slow call text")
struct SlowCallTextTests {
    @Test("is a line and the stack below it, innermost frame first")
    func text() {
        #expect(
            SlowCallText().render(.sample) == """
                2026-03-01T12:34:56.123456Z  12.3 ms  compact (kvstore)  worker "1" (pid 71, tid 72)
                    compact (kvstore)
                    main (kvstore)
                    [truncated: no frame pointers in libz.so]

                """)
    }

    @Test("is a line of its own even if the thread's name is not")
    func harmless() {
        var call = SlowCall.sample
        call.caller.command = "a\nb"
        call.frames = []
        #expect(SlowCallText().render(call).hasSuffix("  a\u{FFFD}b (pid 71, tid 72)\n"))
    }
}
