"""Measures bundles: their size, how soon they measure, and how long it takes to build them.

Run as: python3 -m bench.bundles
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.btf import UPROF, Cost, make_hub, medians
from bench.measure import say, start_up
from bench.tracers import UPROF as DYNAMIC
from bench.tracers import Tracer

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "bpf/examples"
OBJECTS = ROOT / "bpf/build/examples"

# As many kernels as kyanos embeds.
KERNELS = 341

# What others bring along to do the same: programs, or a library.
PEERS = {
    "`bpftrace`": "bpftrace",
    "`funclatency` of libbpf-tools": "funclatency",
    "BCC's library (clang and LLVM)": "/usr/lib/x86_64-linux-gnu/libbcc.so.0",
}

# An eBPF program in Go, as Debian publishes its size: Installed-Size of
# https://packages.debian.org/sid/pwru (1.0.5, amd64), in KiB.
PUBLISHED = {"`pwru`, an eBPF program in Go, as published by Debian": 9114 << 10}


# What bundles are built of, by their names.
KINDS: dict[str, list[str | Path]] = {
    "attach": ["--attach", "libc:malloc", "--json"],
    "record": ["--record"],
    **{
        name: ["--object", OBJECTS / f"{name}.bpf.o", "--manifest", EXAMPLES / f"{name}.toml"]
        for name in ("execsnoop", "funclatency")
    },
}


def building(hub: Path, rounds: int, scratch: Path) -> dict[str, Cost]:
    """The cost of building each kind of a hub."""
    commands: list[Sequence[str | Path]] = [
        [UPROF, "package", "build", *options, "--hub", hub, "-o", scratch / name]
        for name, options in KINDS.items()
    ]
    return dict(zip(KINDS, medians(commands, rounds)))


def delays(rounds: int, scratch: Path) -> dict[str, float]:
    """Milliseconds from the start to the first live probe, by what is started."""
    tracers = [
        Tracer(name, str(program), arguments)
        for name, program, arguments in (
            ("`uprof attach`", DYNAMIC,
             lambda function, pid: ["attach", "--pid", pid, "--func", "libc:malloc", "--json"]),
            ("`uprof attach`, static", UPROF,
             lambda function, pid: ["attach", "--pid", pid, "--func", "libc:malloc", "--json"]),
            ("bundle of `attach`", scratch / "attach", lambda function, pid: ["--pid", pid]),
            ("bundle of `funclatency`", scratch / "funclatency",
             lambda function, pid: ["--binary", "libc", "--function", "malloc", "--pid", pid]),
        )
        if Path(program).exists()
    ]
    samples, _ = start_up(tracers, rounds)
    return {tracer.name: samples.median(tracer.name) or 0 for tracer in tracers}


def installed_size(program: str) -> int | None:
    """Bytes of a program or library and the libraries it needs; none if it is not installed."""
    path = shutil.which(program) or program
    if not os.path.exists(path):
        return None
    listing = subprocess.run(["ldd", path], capture_output=True, text=True, check=False).stdout
    libraries = {word for word in listing.split() if word.startswith("/")}
    return sum(os.stat(file).st_size for file in {path, *libraries})


def section(rounds: int = 5) -> str:
    """All of it, as a section of docs/benchmarks.md; empty without a static build."""
    if not UPROF.exists() or os.geteuid() != 0:
        say(f"{UPROF} is not built (make static), or this is not root; bundles are left out")
        return ""
    with tempfile.TemporaryDirectory() as directory:
        scratch = Path(directory)
        hub = scratch / "hub"
        if not make_hub(hub, KERNELS):
            return ""
        say("building bundles")
        costs = building(hub, rounds, scratch)
        plain = UPROF.stat().st_size
        rows = [
            f"| {name} | {cost} | {(scratch / name).stat().st_size:,} B "
            f"| {(scratch / name).stat().st_size - plain:,} B |"
            for name, cost in costs.items()
        ]
        started = [f"| {name} | {delay:.0f} |" for name, delay in delays(rounds, scratch).items()]
    sizes = [f"{peer} with all libraries {size / 1e6:.0f} MB"
             for peer, program in PEERS.items() if (size := installed_size(program))]
    sizes += [f"{peer} {size / 1e6:.0f} MB" for peer, size in PUBLISHED.items()]
    return "\n".join([
        "## Bundles", "",
        f"`python3 -m bench --only bundles`: built from a hub of {KERNELS} kernels (the contents of 79), "
        "median of interleaved runs.", "",
        "| bundle of | build | size | of it, what it carries |", "| --- | --- | --- | --- |", *rows, "",
        f"The static `uprof` has {plain / 1e6:.1f} MB; beside it: {', '.join(sizes)}.", "",
        "From the start of the process to the first live probe, on `malloc` of a running process:", "",
        "| | ms |", "| --- | --- |", *started, "",
    ])


def main() -> int:
    text = section()
    print(text)
    return 0 if text else 1


if __name__ == "__main__":
    sys.exit(main())
