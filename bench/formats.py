"""Measures `uprof fold` and `uprof convert`.

The inputs are made here, the same every time. stackcollapse-perf.pl is measured beside them, and
its output compared, where STACKCOLLAPSE_PERF or PATH has it; Debian has no package of it.
"""

import os
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Samples, say
from bench.tracers import UPROF

# Of inferno 0.12.6, measured on a machine of this kind: docs/benchmarks.md says how.
INFERNO_FOLD = {1: 235.0, 2: 365.0}


@dataclass(frozen=True)
class Job:
    """A command and the file it reads."""

    name: str
    command: Sequence[str]
    source: Path
    goal: float | None = None
    published: str = ""

    @property
    def megabytes(self) -> float:
        return self.source.stat().st_size / 1e6


def section(rounds: int, megabytes: int) -> str:
    """What docs/benchmarks.md has of it."""
    with tempfile.TemporaryDirectory(prefix="uprof-bench-") as name:
        directory = Path(name)
        perf, folded = directory / "perf.txt", directory / "stacks.folded"
        write_perf(perf, megabytes)
        write_folded(folded)
        jobs = list(make_jobs(directory, perf, folded))
        check(jobs)
        return markdown(jobs, *measure(jobs, rounds), rounds)


def make_jobs(directory: Path, perf: Path, folded: Path) -> Iterator[Job]:
    uprof = str(UPROF)
    for threads in (1, 2):
        yield Job(
            f"fold perf script, {threads} thread{'s' * (threads > 1)}",
            [uprof, "fold", "--threads", str(threads), str(perf)], perf, 240.0,
            f"inferno {INFERNO_FOLD[threads]:.0f} MB/s")
    script = os.environ.get("STACKCOLLAPSE_PERF") or shutil.which("stackcollapse-perf.pl")
    if script:
        yield Job("fold perf script, stackcollapse-perf.pl", ["perl", script, str(perf)], perf)
    else:
        say("stackcollapse-perf.pl is not installed and left out")
    yield Job("fold folded stacks", [uprof, "fold", str(folded)], folded)
    for extension in ("pb.gz", "speedscope.json", "json", "otlp"):
        yield Job(
            f"folded stacks to .{extension}",
            [uprof, "convert", str(folded), "-o", str(directory / f"out.{extension}")], folded,
            200.0 if extension == "pb.gz" else None)


def write_perf(path: Path, megabytes: int) -> None:
    """Samples of 1,000 different stacks of 5 to 40 frames."""
    generator = random.Random(1)
    functions = [
        f"{generator.randrange(1 << 44, 1 << 47):16x} {name}+0x{generator.randrange(1, 4096):x} ({module})"
        for name, module in (
            (f"namespace_{index % 17}::function_{index}", f"/usr/lib/x86_64-linux-gnu/lib{index % 23}.so.6")
            for index in range(3_000)
        )
    ]
    stacks = [
        "".join(f"\t{generator.choice(functions)}\n" for _ in range(generator.randrange(5, 40)))
        for _ in range(1_000)
    ]
    size, number = 0, 0
    with path.open("w") as file:
        while size < megabytes * 1_000_000:
            number += 1
            size += file.write(
                f"worker-{number % 8} 1200/12{number % 8:02} [00{number % 2}] "
                f"{number / 997:.6f}: {10101010 + number % 7} cpu-clock:ppp: \n"
                f"{generator.choice(stacks)}\n")


def write_folded(path: Path) -> None:
    """100,000 different stacks of about 60 frames: 168 MB."""
    generator = random.Random(2)
    names = [f"namespace_{index % 31}::function_{index}" for index in range(5_000)]
    with path.open("w") as file:
        for number in range(100_000):
            depth = generator.randrange(40, 81)
            frames = [names[generator.randrange(40) + level * 40] for level in range(depth)]
            file.write(f"{';'.join(frames)};leaf_{number} {generator.randrange(1, 100)}\n")


def check(jobs: Sequence[Job]) -> None:
    """All that fold the same file print the same."""
    outputs = {}
    for job in jobs:
        if job.name.startswith("fold perf"):
            outputs[job.name] = subprocess.run(job.command, capture_output=True, check=True).stdout
    if len(set(outputs.values())) != 1:
        raise ValueError(f"the outputs of {', '.join(outputs)} differ")


def measure(jobs: Sequence[Job], rounds: int) -> tuple[Samples, Samples, Samples]:
    """Megabytes of input a second, seconds of processors, and peak memory in MB, by turns."""
    speeds, processors, memory = Samples(), Samples(), Samples()
    for number in range(rounds):
        say(f"formats, round {number + 1} of {rounds}")
        for job in jobs:
            start = time.monotonic()
            process = subprocess.Popen(job.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            _, status, usage = os.wait4(process.pid, 0)
            elapsed = time.monotonic() - start
            process.returncode = status
            process.stderr.close()
            if status != 0:
                raise ValueError(f"{job.name} ended with status {status}")
            speeds.add(job.name, job.megabytes / elapsed)
            processors.add(job.name, usage.ru_utime + usage.ru_stime)
            memory.add(job.name, usage.ru_maxrss / 1e3)
    return speeds, processors, memory


def markdown(
    jobs: Sequence[Job], speeds: Samples, processors: Samples, memory: Samples, rounds: int
) -> str:
    lines = [
        "## Formats",
        "",
        f"`python3 -m bench --only formats`: medians of {rounds} rounds, in which the jobs took turns. "
        "Whole processes, reading the file and writing the result; the load of the machine was "
        f"{os.getloadavg()[1]:.1f} at the end, and where it is more than its processors, the second "
        "speed is what counts: that by the time spent on them, all threads together. Before, all that fold `perf script` output were checked "
        "to print the same.",
        "",
        "inferno's figures are those of its library (0.12.6, `inferno-collapse-perf`), measured on "
        "another day on a machine of this kind with FlameGraph's example-perf-stacks, 32 times in a "
        "row (100 MB).",
        "",
        "| job | input, MB | MB/s | MB/s of one processor | processor, s | peak memory, MB | "
        "goal, MB/s | published |",
        "| --- | --: | --: | --: | --: | --: | --: | --- |",
    ]
    for job in jobs:
        goal = f"{job.goal:.0f}" if job.goal else ""
        lines.append(
            f"| {job.name} | {job.megabytes:.0f} | {speeds.median(job.name):.0f} | "
            f"{job.megabytes / processors.median(job.name):.0f} | "
            f"{processors.median(job.name):.2f} | {memory.median(job.name):.0f} | {goal} | "
            f"{job.published} |")
    return "\n".join(lines) + "\n"
