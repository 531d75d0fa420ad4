"""Measures `uprof btf` beside bpftool. Run as: python3 -m bench.btf"""

import argparse
import io
import os
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.measure import say

ROOT = Path(__file__).parent.parent
# What is taken to other hosts: its start is a fifth of the other build's.
UPROF = ROOT / "dist/uprof"
OBJECTS = ROOT / "TestTargets/build/btf"
KERNELS = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "uprof-tests/btf"
CENTOS = ROOT.parent / "shared/data/btf/centos"

# A program of each kind: fields alone, one enumerator, whole types.
MINIMIZED = ("fields", "enums", "matches")

# Making archives takes longer than indexing them, however little they are compressed.
ARCHIVE_SECONDS = 180
XZ_PRESET = 0


@dataclass(frozen=True)
class Cost:
    """What a command took, in milliseconds."""

    elapsed: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.elapsed:.1f} ms ({self.cpu:.1f} ms CPU)"


def cost(command: Sequence[str | Path], status: int = 0) -> Cost:
    """Runs a command that must end with a status."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, code, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(code)
    if process.returncode != status:
        raise subprocess.CalledProcessError(process.returncode, [str(word) for word in command])
    return Cost(elapsed * 1e3, (usage.ru_utime + usage.ru_stime) * 1e3)


def medians(
    commands: Sequence[Sequence[str | Path]], rounds: int, statuses: Sequence[int] | None = None
) -> list[Cost]:
    """The costs of commands that take turns."""
    statuses = statuses or [0] * len(commands)
    costs = [[cost(command, status) for command, status in zip(commands, statuses)]
             for _ in range(rounds)]
    return [Cost(median(one.elapsed for one in column), median(one.cpu for one in column))
            for column in zip(*costs)]


def minimizing(kernel: Path, rounds: int, scratch: Path) -> list[str]:
    """Time and size of one object's types, uprof's and bpftool's."""
    rows = []
    for name in MINIMIZED:
        core = OBJECTS / f"{name}.bpf.o"
        ours, theirs = scratch / "ours.btf", scratch / "theirs.btf"
        uprof, bpftool = medians([
            [UPROF, "btf", "minimize", "--object", core, "--btf", kernel, "-o", ours],
            ["bpftool", "gen", "min_core_btf", kernel, theirs, core],
        ], rounds)
        rows.append(
            f"| minimize `{name}` of {kernel.stem} | {uprof}, {ours.stat().st_size:,} B "
            f"| {bpftool}, {theirs.stat().st_size:,} B | {uprof.cpu / bpftool.cpu:.2f} |")
    return rows


def variant(types: bytes, number: int) -> bytes:
    """Types that differ a little from others: their last name is a number."""
    header, strings, length = struct.unpack_from("<4xI8xII", types)
    end = header + strings + length - 1
    name = f"{number:07}".encode()
    start = types.rindex(b"\0", 0, end) + 1
    if end - start < len(name):
        return types[:end - len(name) - 1] + b"\0" + name + types[end:]
    return types[:start] + name + types[start + len(name):]


def write_archive(kernel: Path, number: int, place: Path) -> int:
    """Writes an archive as BTFHub has it; returns how many bytes its types have."""
    release = f"6.{number % 13}.0-{number}-amd64"
    types = variant(kernel.read_bytes(), number)
    with tarfile.open(place / f"{release}.btf.tar.xz", "w:xz", preset=XZ_PRESET) as archive:
        member = tarfile.TarInfo(f"{release}.btf")
        member.size = len(types)
        archive.addfile(member, io.BytesIO(types))
    return len(types)


def write_archives(kernels: Sequence[Path], count: int, place: Path, seconds: float) -> int:
    """Writes as many archives as there is time for; returns how many bytes they unpack to."""
    end = time.monotonic() + seconds
    cores = os.cpu_count() or 1
    unpacked = 0
    with ProcessPoolExecutor(cores) as pool:
        for first in range(0, count, cores):
            if time.monotonic() > end:
                break
            numbers = range(first, min(first + cores, count))
            unpacked += sum(pool.map(
                write_archive, [kernels[number % len(kernels)] for number in numbers], numbers,
                [place] * cores))
    return unpacked


def indexing(kernels: Sequence[Path], count: int, seconds: float, scratch: Path) -> list[str]:
    """A hub of archives that are all to be decompressed."""
    hub = scratch / "hub"
    place = hub / "debian/12/x86_64"
    place.mkdir(parents=True)
    unpacked = write_archives(kernels, count, place, seconds)
    sizes = [archive.stat().st_size for archive in place.iterdir()]
    first = cost([UPROF, "btf", "index", "--quiet", hub])
    again = cost([UPROF, "btf", "index", "--quiet", hub])
    rate = 1e3 / first.elapsed / 1e6
    made = "" if len(sizes) == count else f" (of {count:,}: as many as {seconds:.0f} s made)"
    return [
        f"| index {len(sizes):,} different archives{made} of {sum(sizes) / len(sizes) / 1e6:.1f} MB "
        f"| {first.elapsed / 1e3:.1f} s: {sum(sizes) * rate:.1f} MB/s in, "
        f"{unpacked * rate:.0f} MB/s out, {first.cpu / first.elapsed:.1f} cores | – | – |",
        f"| the same again, nothing changed | {again} | – | – |",
    ]


def finding(count: int, rounds: int, scratch: Path) -> list[str]:
    """One kernel of many; the index is written here, as docs/btf.md has it."""
    hub = scratch / "many"
    (hub / ".uprof").mkdir(parents=True)
    lines = sorted(
        f"3.10.0-{number}.el7.x86_64\tcentos\t7\tx86_64\t{number:064x}\t2807\t0\t\t1:1\t"
        f"centos/7/x86_64/3.10.0-{number}.el7.x86_64.btf\t" for number in range(count))
    (hub / ".uprof/index").write_text("uprof-btf-index 1\n" + "\n".join(lines) + "\n")
    find = [UPROF, "btf", "find", "--hub", hub, "--release"]
    hit, miss, start = medians([
        [*find, f"3.10.0-{count // 3}.el7.x86_64"], [*find, f"3.10.0-{count // 3}.1.el7.x86_64"],
        [UPROF, "--version"],
    ], rounds, [0, 1, 0])
    return [
        f"| start of the process: `uprof --version` | {start} | – | – |",
        f"| find in {count:,} kernels, start included | {hit} | – | – |",
        f"| name the nearest of {count:,}, start included | {miss} | – | – |",
    ]


def make_hub(hub: Path, count: int) -> list[Path]:
    """An indexed hub of so many kernels; returns the files that their types are of, if they are here."""
    files = sorted(CENTOS.rglob("*.btf"))
    if not files:
        say(f"{CENTOS} is not there; its measurements are left out")
        return []
    for number in range(count):
        file = files[number % len(files)]
        place = hub / file.parent.relative_to(CENTOS.parent)
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place / f"{number}-{file.name}")
    cost([UPROF, "btf", "index", "--quiet", hub])
    return files


def exporting(count: int, rounds: int, scratch: Path) -> list[str]:
    """An export of as many kernels as kyanos embeds."""
    hub = scratch / "small"
    files = make_hub(hub, count)
    if not files:
        return []
    export = scratch / "x.uprofbtf"
    writing = cost([UPROF, "btf", "export", "--hub", hub, "-o", export])
    find = [UPROF, "btf", "find", "--export", export, "-o", scratch / "one.btf", "--release"]
    taking, missing = medians(
        [[*find, f"0-{files[0].stem}"], [*find, f"9-{files[0].stem}"]], rounds, [0, 1])
    return [
        f"| export {count} kernels, the contents of {len(files)} | {writing}, "
        f"{export.stat().st_size:,} B | – | – |",
        f"| take one of {count} from it, start included | {taking} | – | – |",
        f"| name the nearest of {count} in it, start included | {missing} | – | – |",
    ]


def section(rounds: int = 11, archives: int = 2_000, seconds: float = ARCHIVE_SECONDS) -> str:
    """All of it, as a section of docs/benchmarks.md; empty if the kernels' types are not here."""
    kernels = sorted(KERNELS.glob("*.btf"))
    if not UPROF.exists():
        say(f"{UPROF} is not built, run make static; types are left out")
        return ""
    if not kernels:
        say(f"{KERNELS} is empty, run scripts/kernel-btf; types are left out")
        return ""
    rows: list[str] = []
    with tempfile.TemporaryDirectory() as directory:
        scratch = Path(directory)
        for kernel in kernels:
            say(f"minimizing {kernel.stem}")
            rows += minimizing(kernel, rounds, scratch)
        say("finding and exporting")
        rows += finding(10_000, rounds, scratch)
        rows += exporting(341, rounds, scratch)
        say(f"indexing {archives:,} archives")
        rows += indexing(kernels, archives, seconds, scratch)
    return "\n".join([
        "## Type information", "",
        "`python3 -m bench --only types`: whole commands of the static build, median of interleaved "
        "runs; the ratio is that of CPU time.", "",
        "| | uprof | bpftool | ratio |", "| --- | --- | --- | --- |", *rows, "",
    ])


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.btf", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--archives", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=ARCHIVE_SECONDS,
                        help="how long archives may be made")
    options = parser.parse_args()
    if not UPROF.exists():
        say(f"{UPROF} is not built; run make static")
        return 1
    text = section(options.rounds, options.archives, options.seconds)
    print(text)
    return 0 if text else 1


if __name__ == "__main__":
    sys.exit(main())
