"""Measures `uprof record` beside perf and bpftrace. Run as: python3 -m bench.recording"""

import argparse
import contextlib
import os
import re
import resource
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import say

ROOT = Path(__file__).resolve().parent.parent
UPROF = ROOT / ".build/release/uprof"
TARGET = ROOT / "TestTargets/build/unwinding/chain-pie"
SERVER = ROOT / "TestTargets/build/kvstore"
DEPTH = 20  # with what is above and below, stacks of 30 frames


@dataclass
class Work:
    """A program that is recorded; it waits for a line before it begins."""

    name: str
    # Its command line for a time in milliseconds.
    command: Callable[[int], list[str]]
    # Whether it does the same work each time, however long that takes.
    is_fixed: bool


WORK = [
    Work(
        "fixed work in stacks of 30 frames",
        lambda milliseconds: [
            str(TARGET), "--depth", str(DEPTH), "--milliseconds", str(milliseconds), "--wait",
        ],
        is_fixed=True,
    ),
    Work(
        "a server in C++ under load, with debugging information",
        lambda milliseconds: [
            str(SERVER), "--load", "--seconds", str(milliseconds // 1000), "--wait",
        ],
        is_fixed=False,
    ),
]  # fmt: skip


@dataclass
class Recorder:
    """A program that samples another one, and what makes a flame graph of its result."""

    name: str
    # Its command line for a rate, a process and a directory for its files.
    command: Callable[[int, int, Path], list[str]]
    # What has to be run after it, to have folded stacks or the graph itself.
    finish: Callable[[Path], list[str]] | None = None
    # What is different in its environment.
    environment: dict[str, str] = field(default_factory=dict)


def draw_perf_data(files: Path) -> list[str]:
    """perf's way to a flame graph, with the quickest tools there are for the last two steps."""
    return [
        "sh", "-c", '"$0" script -i "$1" 2>/dev/null | "$2" fold | "$2" flamegraph',
        "perf", str(files / "perf.data"), str(UPROF),
    ]  # fmt: skip


# What users have installed by hand: Debian has no package of them.
STACK_COLLAPSE = os.environ.get("STACKCOLLAPSE_PERF") or shutil.which("stackcollapse-perf.pl")
FLAME_GRAPH = os.environ.get("FLAMEGRAPH") or shutil.which("flamegraph.pl")


def draw_by_scripts(files: Path) -> list[str]:
    """What most users run: the scripts in Perl that flame graphs began with."""
    return [
        "sh", "-c", '"$0" script -i "$1" 2>/dev/null | perl "$2" | perl "$3"',
        "perf", str(files / "perf.data"), str(STACK_COLLAPSE), str(FLAME_GRAPH),
    ]  # fmt: skip


PEER = "perf record --call-graph dwarf"
WITH_SCRIPTS = "perf record --call-graph dwarf, then stackcollapse-perf.pl and flamegraph.pl"


def record_with_dwarf(rate: int, pid: int, files: Path) -> list[str]:
    return [
        "perf", "record", "-q", "-e", "cpu-clock", "-F", str(rate), "--call-graph", "dwarf",
        "-p", str(pid), "-o", str(files / "perf.data"),
    ]  # fmt: skip


def record_with_uprof(result: str) -> Callable[[int, int, Path], list[str]]:
    return lambda rate, pid, files: [
        str(UPROF), "record", "--quiet", "--freq", str(rate), "--pid", str(pid),
        "-o", str(files / result),
    ]  # fmt: skip


RECORDERS = [
    Recorder("uprof record -o out.pb.gz", record_with_uprof("out.pb.gz")),
    Recorder("uprof record -o out.svg", record_with_uprof("out.svg")),
    Recorder(
        "uprof record -o out.svg, without its cache",
        record_with_uprof("out.svg"),
        environment={"UPROF_CACHE": ""},
    ),
    Recorder(PEER, record_with_dwarf, draw_perf_data),
    Recorder(WITH_SCRIPTS, record_with_dwarf, draw_by_scripts),
    Recorder(
        "perf record -g",
        lambda rate, pid, files: [
            "perf", "record", "-q", "-e", "cpu-clock", "-F", str(rate), "-g",
            "-p", str(pid), "-o", str(files / "perf.data"),
        ],
        draw_perf_data,
    ),
    Recorder(
        "bpftrace ustack",
        lambda rate, pid, files: [
            "bpftrace", "-o", str(files / "out.txt"), "-p", str(pid), "-e",
            f"profile:hz:{rate} /pid == {pid}/ {{ @[ustack] = count(); }}",
        ],
    ),
]  # fmt: skip


@dataclass
class Result:
    """What one recording has cost."""

    elapsed: float  # how long the program took, by the clock
    sampling_seconds: float  # CPU time of the recorder while the program worked
    recorder_seconds: float  # CPU time of the recorder, from its start to its end
    all_seconds: float  # CPU time of all there is from the recorder's start to the result
    finish_seconds: float  # from the end of the recorded program to the result
    written: int  # bytes of files


def children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


NAMING_THREAD = "uprof-naming"


def seconds_of(process: int) -> float:
    """The CPU time of a running process, from its threads' scheduling statistics.

    The thread on which uprof names frames is left out, as others name none before the end.
    """
    nanoseconds = 0
    for thread in Path(f"/proc/{process}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # has just ended
            if (thread / "comm").read_text().strip() != NAMING_THREAD:
                nanoseconds += int((thread / "schedstat").read_text().split()[0])
    return nanoseconds / 1e9


class Recorded:
    """A program that waits to be let go."""

    def __init__(self, work: Work, milliseconds: int) -> None:
        self.process = subprocess.Popen(
            work.command(milliseconds), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.process.stdout.readline()  # ready

    def release(self) -> None:
        """Lets it go."""
        self.start = time.monotonic()
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def finish(self) -> float:
        """Waits for its end, and returns how long it took by the clock."""
        self.process.wait()
        return time.monotonic() - self.start


def run_alone(work: Work, milliseconds: int) -> float:
    """Runs a program without a recorder, and returns how long it took."""
    recorded = Recorded(work, milliseconds)
    recorded.release()
    return recorded.finish()


def await_end(process: subprocess.Popen, seconds: int) -> None:
    """Waits for the end of a process to the moment, which Popen.wait with a limit does not."""
    end = select.poll()
    descriptor = os.pidfd_open(process.pid)
    end.register(descriptor, select.POLLIN)
    if not end.poll(seconds * 1000):
        process.send_signal(signal.SIGINT)
    process.wait()
    os.close(descriptor)


def measure(recorder: Recorder, work: Work, rate: int, milliseconds: int) -> Result:
    with tempfile.TemporaryDirectory() as directory:
        files = Path(directory)
        recorded = Recorded(work, milliseconds)
        process = subprocess.Popen(
            recorder.command(rate, recorded.process.pid, files),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=os.environ | recorder.environment,
        )  # fmt: skip
        time.sleep(1.5)
        started = seconds_of(process.pid)
        recorded.release()
        # A little before the end: behind it, recorders begin with what they do last.
        time.sleep(milliseconds / 1000 - 0.2)
        sampling = seconds_of(process.pid) - started
        elapsed = recorded.finish()
        ended = time.monotonic()
        before = children_seconds()
        await_end(process, seconds=20)
        own = children_seconds() - before
        written = sum(file.stat().st_size for file in files.iterdir())
        if recorder.finish:
            subprocess.run(recorder.finish(files), stdout=subprocess.DEVNULL, check=False)
        finish = time.monotonic() - ended
        everything = children_seconds() - before
        return Result(elapsed, sampling, own, everything, finish, written)


def kernel_costs(milliseconds: int, rounds: int = 9) -> list[float]:
    """Microseconds that a sample costs in the kernel, by its own statistics, as uprof sums it up."""
    statistics_switch = Path("/proc/sys/kernel/bpf_stats_enabled")
    before = statistics_switch.read_text()
    statistics_switch.write_text("1")
    try:
        return sorted(cost for _ in range(rounds) if (cost := cost_per_sample(milliseconds)))
    finally:
        statistics_switch.write_text(before)


def cost_per_sample(milliseconds: int) -> float | None:
    """Microseconds a sample took in the kernel in one recording."""
    recording = subprocess.run(
        [
            str(UPROF), "record", "--freq", "999", "--no-kernel",
            "--", str(TARGET), "--depth", str(DEPTH), "--milliseconds", str(milliseconds),
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    cost = re.search(r"([\d.]+) (ns|µs|ms) each", recording.stderr)
    return float(cost[1]) * {"ns": 1e-3, "µs": 1, "ms": 1e3}[cost[2]] if cost else None


INTRODUCTION = """## Recording

`python3 -m bench --only recording`: medians of {rounds} rounds of {seconds:g} s, in which all took \
turns, at 99 and 999 Hz. What is compared with is `perf record --call-graph dwarf` at the same rate. \
bpftrace's stacks are one frame deep where there are no frame pointers.

- *Sampling* is the CPU time of the recorder while the program works, but for the last 0.2 s and the \
thread on which uprof names frames meanwhile.
- *Recorder* is that of the recorder's process from its start to its end. In uprof's, all frames have \
names and the result is drawn; perf's has written raw stacks.
- *In all* is that of all that is run until there is a flame graph: of perf, also `perf script`, \
`uprof fold` and `uprof flamegraph`, or where a row says so{scripts} stackcollapse-perf.pl and \
flamegraph.pl in place of uprof.
- *To the graph* is the time from the program's end to the end of all that.
- *Bytes* are those of all files. What takes the place of perf's data is uprof's profile, \
`out.pb.gz`, of which `uprof convert` and `uprof flamegraph` make all else. Of an SVG, some 18 KB are \
its script and style, whatever it shows.

uprof keeps the tables it has compiled, the sections it has decompressed and the names and lines of \
addresses from one run to the next, unless a row says that it does not.
"""

HEADING = """
| {name} | rate | the program | sampling, ms | / perf | recorder, ms | / perf | in all, ms | / perf \
| bytes | / perf | to the graph, s | / perf |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
"""


def row(name: str, rate: int, base: float | None, results: list[Result], peer: list[Result]) -> str:
    """What a recorder cost, and the ratios to its peer."""

    def cell(of: Callable[[Result], float], form: str) -> str:
        median = statistics.median(of(one) for one in results)
        ratio = f"{median / statistics.median(of(one) for one in peer):.4f}" if peer else ""
        return f"{median:{form}} | {ratio}"

    slowdown = statistics.median(one.elapsed for one in results) / base if base else None
    return (
        f"| {name} | {rate} Hz | {f'{slowdown:.3f} x' if slowdown else '–'} "
        f"| {cell(lambda one: one.sampling_seconds * 1e3, ',.1f')} "
        f"| {cell(lambda one: one.recorder_seconds * 1e3, ',.0f')} "
        f"| {cell(lambda one: one.all_seconds * 1e3, ',.0f')} "
        f"| {cell(lambda one: one.written, ',.0f')} "
        f"| {cell(lambda one: one.finish_seconds, '.3f')} |"
    )


# The results of each recorder, for a program and a rate.
Results = dict[tuple[str, int], dict[str, list[Result]]]


def table(
    work: Work, recorders: list[Recorder], rounds: int, milliseconds: int, into: Results
) -> str:
    """All recorders of one program, at both rates."""
    rows: list[str] = []
    for rate in (99, 999):
        say(f"recording {work.name} at {rate} Hz")
        results: dict[str, list[Result]] = {recorder.name: [] for recorder in recorders}
        alone = []
        for _ in range(rounds):
            if work.is_fixed:
                alone.append(run_alone(work, milliseconds))
            for recorder in recorders:
                results[recorder.name].append(measure(recorder, work, rate, milliseconds))
        into[work.name, rate] = results
        base = statistics.median(alone) if alone else None
        rows += [
            row(name, rate, base, measured, results.get(PEER, []))
            for name, measured in results.items()
        ]
    return HEADING.format(name=work.name) + "\n".join(rows) + "\n"


# What is to be at most so much of perf's: its name, the recorder, the figure and how it is written.
GOALS: list[tuple[str, str, Callable[[Result], float], str, float]] = [
    ("bytes", "uprof record -o out.pb.gz", lambda one: one.written, ",.0f", 0.01),
    ("CPU of the recorder, ms", "uprof record -o out.pb.gz",
     lambda one: one.recorder_seconds * 1e3, ",.0f", 0.1),
    ("CPU in all, ms", "uprof record -o out.svg",
     lambda one: one.all_seconds * 1e3, ",.0f", 0.1),
    ("time to the graph, s", "uprof record -o out.svg",
     lambda one: one.finish_seconds, ".3f", 0.1),
]  # fmt: skip


def goals(results: Results, costs: list[float]) -> str:
    """What was aimed at, and whether it was met."""
    lines = ["| | measured | at most | met |", "| --- | --: | --: | --: |"]
    for name, recorder, of, form, share in GOALS:
        for (work, rate), measured in results.items():
            if PEER not in measured:
                continue
            own = statistics.median(of(one) for one in measured[recorder])
            most = share * statistics.median(of(one) for one in measured[PEER])
            lines.append(
                f"| {name}, {work}, {rate} Hz, next to {share:g} of perf | {own:{form}} "
                f"| {most:{form}} | {'yes' if own <= most else 'no'} |"
            )
    if costs:
        median = costs[len(costs) // 2]
        lines.append(
            f"| in the kernel (`kernel.bpf_stats_enabled`), a sample of 30 frames at 999 Hz, the median "
            f"of {len(costs)} runs of {costs[0]:.2f} to {costs[-1]:.2f} µs | {median:.2f} µs | 5 µs "
            f"| {'yes' if median <= 5 else 'no'} |"
        )
    return "\n".join(lines) + "\n"


def section(rounds: int = 5, milliseconds: int = 5_000) -> str:
    """All of it, as a section of docs/benchmarks.md."""
    recorders = [
        recorder
        for recorder in RECORDERS
        if recorder.name.startswith("uprof") or shutil.which(recorder.name.split()[0])
        if recorder.name != WITH_SCRIPTS or (STACK_COLLAPSE and FLAME_GRAPH)
    ]
    results: Results = {}
    tables = [table(work, recorders, rounds, milliseconds, results) for work in WORK]
    has_scripts = any(recorder.name == WITH_SCRIPTS for recorder in recorders)
    introduction = INTRODUCTION.format(
        seconds=milliseconds / 1000, rounds=rounds,
        scripts="" if has_scripts else " (not here: they are not installed)")
    return introduction + "".join(tables) + "\n" + goals(results, kernel_costs(2000))


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.recording", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--milliseconds", type=int, default=5_000, help="work of the program")
    options = parser.parse_args()
    print(section(options.rounds, options.milliseconds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
