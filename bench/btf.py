"""Measures `uprof btf` beside bpftool. Run as: python3 -m bench.btf"""

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from bench.measure import Samples, say
from bench.tracers import UPROF

ROOT = Path(__file__).parent.parent
OBJECTS = ROOT / "TestTargets/build/btf"
KERNELS = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "uprof-tests/btf"
CENTOS = ROOT.parent / "shared/data/btf/centos"

# A program of each kind: fields alone, one enumerator, whole types.
MINIMIZED = ("fields", "enums", "matches")


def milliseconds(command: Sequence[str | Path]) -> float:
    """How long a command takes; it must succeed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1e3


def minimizing(kernel: Path, rounds: int, scratch: Path) -> list[str]:
    """Time and size of one object's types, uprof's and bpftool's."""
    rows = []
    for name in MINIMIZED:
        core = OBJECTS / f"{name}.bpf.o"
        ours, theirs = scratch / "ours.btf", scratch / "theirs.btf"
        samples = Samples()
        for _ in range(rounds):
            samples.add("uprof", milliseconds(
                [UPROF, "btf", "minimize", "--object", core, "--btf", kernel, "-o", ours]))
            samples.add("bpftool", milliseconds(
                ["bpftool", "gen", "min_core_btf", kernel, theirs, core]))
        uprof, bpftool = samples.median("uprof"), samples.median("bpftool")
        rows.append(
            f"| minimize `{name}` of {kernel.stem} | {uprof:.1f} ms, {ours.stat().st_size:,} B "
            f"| {bpftool:.1f} ms, {theirs.stat().st_size:,} B | {uprof / bpftool:.2f} |")
    return rows


def indexing(kernel: Path, count: int, scratch: Path) -> list[str]:
    """A hub of archives that are all to be decompressed."""
    hub = scratch / "hub"
    place = hub / "debian/12/x86_64"
    place.mkdir(parents=True)
    first = place / "6.0.0-0-amd64.btf.tar.xz"
    with tarfile.open(first, "w:xz") as archive:
        archive.add(kernel, "6.0.0-0-amd64.btf")
    for number in range(1, count):
        os.link(first, place / f"6.0.0-{number}-amd64.btf.tar.xz")
    before = os.times()
    elapsed = milliseconds([UPROF, "btf", "index", "--quiet", hub])
    after = os.times()
    cores = (after.children_user - before.children_user
             + after.children_system - before.children_system) * 1e3 / elapsed
    megabytes = first.stat().st_size * count / 1e6
    unpacked = kernel.stat().st_size * count / 1e6
    again = milliseconds([UPROF, "btf", "index", "--quiet", hub])
    return [
        f"| index {count:,} archives of {first.stat().st_size / 1e6:.1f} MB | {elapsed / 1e3:.1f} s: "
        f"{megabytes / elapsed * 1e3:.1f} MB/s in, {unpacked / elapsed * 1e3:.0f} MB/s out, "
        f"{cores:.1f} cores | – | – |",
        f"| the same again, nothing changed | {again:.0f} ms | – | – |",
    ]


def finding(count: int, rounds: int, scratch: Path) -> list[str]:
    """One kernel of many; the index is written here, as docs/btf.md has it."""
    hub = scratch / "many"
    (hub / ".uprof").mkdir(parents=True)
    lines = sorted(
        f"3.10.0-{number}.el7.x86_64\tcentos\t7\tx86_64\t{number:064x}\t2807\t0\t\t1:1\t"
        f"centos/7/x86_64/3.10.0-{number}.el7.x86_64.btf\t" for number in range(count))
    (hub / ".uprof/index").write_text("uprof-btf-index 1\n" + "\n".join(lines) + "\n")
    elapsed = repeated(rounds, lambda: milliseconds(
        [UPROF, "btf", "find", "--hub", hub, "--release", f"3.10.0-{count // 3}.el7.x86_64"]))
    start = repeated(rounds, lambda: milliseconds([UPROF, "--version"]))
    return [f"| find in {count:,} kernels, the process's start included | {elapsed:.1f} ms "
            f"(start alone {start:.1f} ms) | – | – |"]


def exporting(count: int, rounds: int, scratch: Path) -> list[str]:
    """An export of as many kernels as kyanos embeds."""
    hub = scratch / "small"
    files = sorted(CENTOS.rglob("*.btf"))
    if not files:
        say(f"{CENTOS} is not there; its measurements are left out")
        return []
    for number in range(count):
        file = files[number % len(files)]
        place = hub / file.parent.relative_to(CENTOS.parent)
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place / f"{number}-{file.name}")
    export = scratch / "x.uprofbtf"
    milliseconds([UPROF, "btf", "index", "--quiet", hub])
    writing = milliseconds([UPROF, "btf", "export", "--hub", hub, "-o", export])
    release = f"0-{files[0].stem}"
    taking = repeated(rounds, lambda: milliseconds(
        [UPROF, "btf", "find", "--export", export, "--release", release,
         "-o", scratch / "one.btf"]))
    start = repeated(rounds, lambda: milliseconds([UPROF, "--version"]))
    return [
        f"| export {count} kernels | {writing:.0f} ms, {export.stat().st_size:,} B | – | – |",
        f"| take one of {count} from it, the process's start included | {taking:.1f} ms "
        f"(start alone {start:.1f} ms) | – | – |",
    ]


def repeated(rounds: int, measure: Callable[[], float]) -> float:
    return median(measure() for _ in range(rounds))


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.btf", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--archives", type=int, default=2_000)
    options = parser.parse_args()
    kernels = sorted(KERNELS.glob("*.btf"))
    if not kernels or not UPROF.exists():
        say("needs make build and scripts/kernel-btf")
        return 1
    print("| | uprof | bpftool | ratio |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as directory:
        scratch = Path(directory)
        for kernel in kernels:
            print(*minimizing(kernel, options.rounds, scratch), sep="\n", flush=True)
        print(*finding(10_000, options.rounds, scratch), sep="\n", flush=True)
        print(*exporting(341, options.rounds, scratch), sep="\n", flush=True)
        print(*indexing(kernels[-1], options.archives, scratch), sep="\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
