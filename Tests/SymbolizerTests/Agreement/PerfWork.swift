import TestSupport
import Testing

/// A program of the system that keeps a processor busy.
struct PerfWork: CustomTestStringConvertible, Sendable {
    /// Its name.
    let name: String
    /// What is done first, by a shell; `{}` stands for a directory to work in.
    var preparation = ":"
    /// The program and its arguments. It is started as it is: where perf's samples begin in a shell
    /// that becomes the program, perf unwinds the program by what it remembers of the shell.
    let command: [String]
    /// What keeps it busy and ends it, by a shell.
    var load = ":"
    /// What else it takes.
    var needs: [String] = []

    var testDescription: String { name }

    private static let python = """
        import json, re, time
        d = {str(i): list(range(20)) for i in range(3000)}
        end = time.time() + 3
        while time.time() < end:
            json.loads(json.dumps(d)); re.sub('a+', 'b', 'caat' * 20000)
            sorted(str(x) for x in range(20000))
        """

    /// As many functions as keep a compiler busy for seconds, none like the other.
    private static let source = """
        i=0; while [ $i -lt 600 ]; do
        echo "int t$i[64]; int f$i(int a, int b, const char *s) { int sum = a * $i;
        for (int k = 0; k < b; k++) { switch ((a + k) % 7) {
        case 0: sum += t$i[k & 63] * $i; break;
        case 1: for (int j = 0; j < 16; j++) t$i[j] += sum >> j; break;
        case 2: if (sum > $i) sum -= k * a; else sum += s[k]; break;
        case 3: sum = sum / (k + 1); break;
        default: sum += (int)(a * 1.5 + $i * 0.25 * k); } }
        return sum; }"; i=$((i + 1)); done > {}/source.c
        ln -s "$(gcc -print-prog-name=cc1)" {}/cc1
        """

    private static let requests = """
        until redis-cli -s {}/socket ping >/dev/null 2>&1; do sleep 0.1; done
        redis-benchmark -s {}/socket -n 200000 -t set,get,lpush,lrange_100,mset -q
        redis-cli -s {}/socket shutdown nosave
        """

    static let all = [
        PerfWork(name: "python3", command: ["/usr/bin/python3", "-c", python]),
        PerfWork(
            name: "xz", preparation: "head -c 6000000 /dev/urandom > {}/data",
            command: ["xz", "-6", "{}/data"]),
        PerfWork(
            name: "gzip", preparation: "head -c 60000000 /dev/urandom > {}/data",
            command: ["gzip", "-9", "{}/data"]),
        PerfWork(
            name: "cc1", preparation: source,
            command: ["{}/cc1", "-quiet", "-O2", "{}/source.c", "-o", "/dev/null"],
            needs: ["gcc"]),
        PerfWork(
            name: "redis-server",
            command: [
                "redis-server", "--unixsocket", "{}/socket", "--port", "0", "--save", "", "--dir",
                "{}",
            ], load: requests, needs: ["redis-benchmark", "redis-cli"]),
    ]

    /// Whether everything it takes is there.
    var isAvailable: Bool {
        (name == "cc1" ? needs : needs + [name]).allSatisfy { Tool.path($0) != nil }
    }
}
