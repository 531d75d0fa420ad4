"""Measures `uprof record` beside perf and bpftrace. Run as: python3 -m bench.recording"""

import argparse
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.measure import say

ROOT = Path(__file__).resolve().parent.parent
UPROF = ROOT / ".build/release/uprof"
TARGET = ROOT / "TestTargets/build/unwinding/chain-pie"
DEPTH = 20  # with what is above and below, stacks of 30 frames


@dataclass
class Recorder:
    """A program that samples another one, and what makes a flame graph's input of its result."""

    name: str
    # Its command line for a rate, a process and a directory for its files.
    command: Callable[[int, int, Path], list[str]]
    # What has to be run after it, to have folded stacks or the graph itself.
    finish: Callable[[Path], list[str]] | None = None


RECORDERS = [
    Recorder(
        "uprof record -o out.folded",
        lambda rate, pid, files: [
            str(UPROF), "record", "--quiet", "--freq", str(rate), "--pid", str(pid),
            "-o", str(files / "out.folded"),
        ],
    ),
    Recorder(
        "uprof record -o out.svg",
        lambda rate, pid, files: [
            str(UPROF), "record", "--quiet", "--freq", str(rate), "--pid", str(pid),
            "-o", str(files / "out.svg"),
        ],
    ),
    Recorder(
        "perf record --call-graph dwarf",
        lambda rate, pid, files: [
            "perf", "record", "-q", "-e", "cpu-clock", "-F", str(rate), "--call-graph", "dwarf",
            "-p", str(pid), "-o", str(files / "perf.data"),
        ],
        lambda files: ["perf", "script", "-i", str(files / "perf.data")],
    ),
    Recorder(
        "perf record -g",
        lambda rate, pid, files: [
            "perf", "record", "-q", "-e", "cpu-clock", "-F", str(rate), "-g",
            "-p", str(pid), "-o", str(files / "perf.data"),
        ],
        lambda files: ["perf", "script", "-i", str(files / "perf.data")],
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

    slowdown: float  # how long the fixed work of the program took, by the clock
    recorder_seconds: float  # CPU time of the recorder until its end
    finish_seconds: float  # from the end of the recorded program to the result
    written: int  # bytes of files


def children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def work(milliseconds: int, recorder: Callable[[int], None] | None = None) -> float:
    """Runs the program, and returns how long its fixed work took by the clock."""
    target = subprocess.Popen(
        [TARGET, "--depth", str(DEPTH), "--milliseconds", str(milliseconds), "--wait"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    target.stdout.readline()  # ready
    if recorder:
        recorder(target.pid)
    start = time.monotonic()
    target.stdin.write("\n")
    target.stdin.flush()
    target.wait()
    return time.monotonic() - start


def measure(recorder: Recorder, rate: int, milliseconds: int) -> Result:
    with tempfile.TemporaryDirectory() as directory:
        files = Path(directory)
        running = []

        def start(pid: int) -> None:
            running.append(
                subprocess.Popen(
                    recorder.command(rate, pid, files),
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )  # fmt: skip
            )
            time.sleep(1.5)

        elapsed = work(milliseconds, start)
        ended = time.monotonic()
        before = children_seconds()
        process = running[0]
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
            process.wait()
        own = children_seconds() - before
        written = sum(file.stat().st_size for file in files.iterdir())
        if recorder.finish:
            subprocess.run(recorder.finish(files), stdout=subprocess.DEVNULL, check=False)
        return Result(elapsed, own, time.monotonic() - ended, written)


def kernel_cost(milliseconds: int) -> str:
    """What a sample costs in the kernel, by its own statistics, as uprof sums it up."""
    statistics_switch = Path("/proc/sys/kernel/bpf_stats_enabled")
    before = statistics_switch.read_text()
    statistics_switch.write_text("1")
    try:
        recording = subprocess.run(
            [
                str(UPROF), "record", "--freq", "999", "--no-kernel",
                "--", str(TARGET), "--depth", str(DEPTH), "--milliseconds", str(milliseconds),
            ],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        statistics_switch.write_text(before)
    lines = [line for line in recording.stderr.splitlines() if "in the kernel" in line]
    return lines[0].split("and ")[-1] if lines else "not measured"


INTRODUCTION = """## Recording

A program with stacks of 30 frames works for {seconds:g} s of a processor and is recorded by \
others: medians of {rounds} rounds, in which all took turns. *End to result* is the time from the \
program's end to a finished SVG or, of perf, to the text of `perf script` that a flame graph is \
still to be made of. *Bytes* are those of all files; of an SVG, some 18 KB are its script and \
style, whatever it shows. What is compared with is `perf record --call-graph dwarf` at the same rate.

| recorder | rate | time of the program | recorder CPU | / perf | bytes | / perf | end to result \
| / perf |
| --- | --: | --: | --: | --: | --: | --: | --: | --: |
"""


def cpu(result: Result) -> float:
    return result.recorder_seconds


def size(result: Result) -> float:
    return result.written


def finish(result: Result) -> float:
    return result.finish_seconds


def row(name: str, rate: int, base: float, results: list[Result], peer: list[Result]) -> str:
    """What a recorder cost, and the ratios to its peer."""

    def median(of: Callable[[Result], float], among: list[Result] = results) -> float:
        return statistics.median(of(one) for one in among)

    def ratio(of: Callable[[Result], float]) -> str:
        return f"{median(of) / median(of, peer):.3f}" if peer else ""

    return (
        f"| {name} | {rate} Hz | {median(lambda one: one.slowdown) / base:.2f} x "
        f"| {median(cpu):.2f} s | {ratio(cpu)} | {median(size):,.0f} | {ratio(size)} "
        f"| {median(finish):.2f} s | {ratio(finish)} |"
    )


def section(rounds: int = 5, milliseconds: int = 10_000) -> str:
    """All of it, as a section of docs/benchmarks.md."""
    recorders = [
        recorder
        for recorder in RECORDERS
        if recorder.name.startswith("uprof") or shutil.which(recorder.name.split()[0])
    ]
    rows: list[str] = []
    for rate in (99, 999):
        say(f"recording at {rate} Hz")
        results: dict[str, list[Result]] = {recorder.name: [] for recorder in recorders}
        alone = []
        for _ in range(rounds):
            alone.append(work(milliseconds))
            for recorder in recorders:
                results[recorder.name].append(measure(recorder, rate, milliseconds))
        peer = results.get("perf record --call-graph dwarf", [])
        base = statistics.median(alone)
        rows += [row(name, rate, base, measured, peer) for name, measured in results.items()]
    introduction = INTRODUCTION.format(seconds=milliseconds / 1000, rounds=rounds)
    cost = kernel_cost(2000)
    return (
        introduction + "\n".join(rows)
        + f"\n\nIn the kernel (`kernel.bpf_stats_enabled`, 999 Hz): {cost}.\n"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.recording", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--milliseconds", type=int, default=10_000, help="work of the program")
    options = parser.parse_args()
    print(section(options.rounds, options.milliseconds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
