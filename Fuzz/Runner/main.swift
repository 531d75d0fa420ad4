// Feeds a harness, `UPROF_FUZZ_HARNESS`, what libFuzzer makes of its seeds; the arguments are
// libFuzzer's. Without the variable, lists the harnesses with their seeds. See scripts/fuzz.
internal import CLibFuzzer
internal import FuzzHarnesses
internal import Glibc

let wanted = getenv("UPROF_FUZZ_HARNESS").map { String(cString: $0) }
let harness = FuzzHarness.all.first { $0.name == wanted }

guard harness != nil else {
    for harness in FuzzHarness.all { print(harness.name, harness.seeds) }
    exit(wanted == nil ? 0 : 64)
}
var count = CommandLine.argc
var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(
    LLVMFuzzerRunDriver(&count, &words) { data, size in
        harness?.run(Array(UnsafeBufferPointer(start: data, count: size)))
        return 0
    })
