"""Naming addresses: uprof beside llvm-symbolizer and the two addr2lines."""

import os
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import Samples, say
from bench.tracers import SEARCH_PATH, UPROF

COUNTS = (1, 1_000, 10_000)

# What a tool may take for one run; addr2line of elfutils needs minutes for 10,000 addresses.
LIMIT_SECONDS = 20.0

ROOT = Path(__file__).parent.parent
SEED = 20_260_301


@dataclass(frozen=True)
class Symbolizer:
    """A tool that is given addresses on stdin and prints functions, inlined ones too, and lines."""

    name: str
    command: Sequence[str]

    def run(self, addresses: Path) -> tuple[float, float] | None:
        """Seconds and peak memory in MB; None if it takes too long or fails."""
        with addresses.open("rb") as source, open(os.devnull, "wb") as sink:
            start = time.monotonic()
            process = subprocess.Popen(self.command, stdin=source, stdout=sink, stderr=sink)
            while True:
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                seconds = time.monotonic() - start
                if pid:
                    process.returncode = status
                    break
                if seconds > LIMIT_SECONDS:
                    process.kill()
                    process.wait()
                    return None
                time.sleep(0.0005)
        return (seconds, usage.ru_maxrss * 1024 / 1e6) if status == 0 else None


@dataclass(frozen=True)
class Subject:
    """A program whose addresses are named."""

    title: str
    path: Path
    # What uprof / llvm-symbolizer 14 may be, by the number of addresses.
    goals: dict[int, float] = field(default_factory=dict)


@dataclass
class SymbolizeResult:
    """Seconds and MB of each tool, by the number of addresses."""

    subject: Subject
    seconds: dict[int, Samples]
    memory: dict[int, Samples]
    tools: list[str]


def subjects() -> list[Subject]:
    """The programs that are there."""
    compiler = shutil.which("swift-frontend")
    swiftc = shutil.which("swiftc")
    if not compiler and swiftc:
        compiler = str(Path(swiftc).resolve().parent / "swift-frontend")
    libc = _debug_libc()
    found = []
    if libc:
        found.append(Subject("C: the GNU C library, with its debug file", libc, {10_000: 0.5}))
    debug_build = ROOT / ".build/debug/uprof"
    if debug_build.exists():
        found.append(Subject("Swift: a debug build of uprof", debug_build, {10_000: 0.5}))
    if compiler and Path(compiler).exists():
        found.append(Subject(
            "symbols only: swift-frontend", Path(compiler).resolve(), {1: 0.2, 10_000: 0.3}))
    return found


def _debug_libc() -> Path | None:
    libc = Path("/lib/x86_64-linux-gnu/libc.so.6").resolve()
    notes = subprocess.run(["readelf", "-n", libc], capture_output=True, text=True, check=False)
    for line in notes.stdout.splitlines():
        if "Build ID:" in line:
            build_id = line.split()[-1]
            path = Path(f"/usr/lib/debug/.build-id/{build_id[:2]}/{build_id[2:]}.debug")
            return libc if path.exists() else None
    return None


def tools(path: Path) -> list[Symbolizer]:
    """The tools that are installed, uprof first, each told to name addresses of a program."""
    file = str(path)
    found = [Symbolizer("uprof", [str(UPROF), "symbolize", "--exe", file, "--no-debuginfod"])]
    own = shutil.which("swiftc")
    toolchain = str(Path(own).resolve().parent / "llvm-symbolizer") if own else None
    for name, program, arguments in (
        ("llvm-symbolizer 14", "llvm-symbolizer-14", [f"--obj={file}"]),
        ("llvm-symbolizer of Swift", toolchain, [f"--obj={file}"]),
        ("addr2line", "addr2line", ["-afie", file]),
        ("eu-addr2line", "eu-addr2line", ["-afie", file]),
    ):
        full = shutil.which(program, path=SEARCH_PATH) if program else None
        if program and Path(program).is_absolute() and Path(program).exists():
            full = program
        if full:
            found.append(Symbolizer(name, [full, *arguments]))
    return found


def addresses(path: Path, count: int) -> list[int]:
    """Addresses of instructions, drawn at random from the functions of a program."""
    functions = []
    for table in (["--defined-only"], ["--defined-only", "-D"]):
        listing = subprocess.run(
            ["nm", "-S", *table, path], capture_output=True, text=True, check=False).stdout
        for line in listing.splitlines():
            words = line.split()
            if len(words) == 4 and words[2] in "tTwWi":
                functions.append((int(words[0], 16), int(words[1], 16)))
        if functions:
            break
    generator = random.Random(SEED)
    functions.sort()
    drawn = []
    for _ in range(count):
        start, size = generator.choice(functions)
        drawn.append(start + generator.randrange(max(size, 1)))
    return drawn


def symbolize_cost(rounds: int) -> list[SymbolizeResult]:
    """Time and memory of all tools on all subjects; too slow ones sit out the larger counts."""
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        for subject in subjects():
            results.append(_measure(subject, rounds, Path(scratch)))
    return results


def _measure(subject: Subject, rounds: int, scratch: Path) -> SymbolizeResult:
    installed = tools(subject.path)
    result = SymbolizeResult(
        subject, {count: Samples() for count in COUNTS}, {count: Samples() for count in COUNTS},
        [tool.name for tool in installed])
    all_addresses = addresses(subject.path, max(COUNTS))
    slow: set[str] = set()
    for count in COUNTS:
        source = scratch / "addresses"
        source.write_text("".join(f"0x{address:x}\n" for address in all_addresses[:count]))
        for number in range(rounds):
            say(f"{subject.title}, {count:,} addresses, round {number + 1} of {rounds}")
            for tool in installed:
                if tool.name in slow:
                    continue
                cost = tool.run(source)
                if cost is None:
                    slow.add(tool.name)
                    continue
                result.seconds[count].add(tool.name, cost[0] * 1e3)
                result.memory[count].add(tool.name, cost[1])
    return result
