"""The measurements. Rounds are interleaved: every tool once, then every tool again."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.processes import Function, ProbeWatch, memory_mb
from bench.tracers import Tracer, stop, uprof_calls

EMPTY_CALL = (Path(__file__).parent.parent / "TestTargets/build/empty-call").resolve()

# Functions of empty-call and how they begin.
EMPTY_FUNCTIONS = {
    "empty_nop": "nop",
    "empty_push": "push",
    "empty_nop5": "nop5",
    "empty_endbr64": "endbr64",
    "empty_endbr64_push": "endbr64; push",
    "empty_mov": "mov",
    "empty_test_jump": "mov; test; je",
}

# A process that calls malloc now and then, so that start-up is not measured against its load.
MALLOC_CALLER = "import time\nwhile True: bytearray(5000); time.sleep(0.005)"

# From the first probe to the last, and to a steady state of the tracer.
SETTLE_SECONDS = 0.5


@dataclass
class Samples:
    """What was measured, by tool, in the order of the rounds."""

    by_tool: dict[str, list[float]] = field(default_factory=dict)

    def add(self, tool: str, value: float) -> None:
        self.by_tool.setdefault(tool, []).append(value)

    def median(self, tool: str) -> float | None:
        values = self.by_tool.get(tool)
        return median(values) if values else None


def say(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)


def call_cost(tracers: Sequence[Tracer], rounds: int, calls: int) -> dict[str, Samples]:
    """Nanoseconds per call of each empty function, untraced and under each tool."""
    costs = {name: Samples() for name in EMPTY_FUNCTIONS}
    for number in range(rounds):
        for name, samples in costs.items():
            say(f"cost of a call, round {number + 1} of {rounds}: {name}")
            samples.add("untraced", _untraced_cost(name, calls * 100))
            for tracer in tracers:
                samples.add(tracer.name, _traced_cost(tracer, name, calls))
    return costs


def start_up(tracers: Sequence[Tracer], rounds: int) -> tuple[Samples, Samples]:
    """Milliseconds from start to a live probe on malloc, and then the tool's peak memory in MB."""
    delays, memory = Samples(), Samples()
    malloc = Function(_mapped_libc(), "malloc")
    for number in range(rounds):
        say(f"start-up and memory, round {number + 1} of {rounds}")
        for tracer in tracers:
            with _malloc_caller() as pid, _watching(malloc, pid) as probe:
                start = time.monotonic()
                process = tracer.start(malloc, pid)
                probe.wait(process)
                delays.add(tracer.name, (time.monotonic() - start) * 1e3)
                time.sleep(SETTLE_SECONDS)
                memory.add(tracer.name, memory_mb(process.pid, "VmHWM"))
                stop(process)
    return delays, memory


def _untraced_cost(name: str, calls: int) -> float:
    with _empty_call(name, calls) as target:
        return _nanoseconds_per_call(target)


def _traced_cost(tracer: Tracer, name: str, calls: int) -> float:
    function = Function(EMPTY_CALL, name)
    with _empty_call(name, calls) as target, _watching(function, target.pid) as probe:
        process = tracer.start(function, target.pid)
        probe.wait(process)
        time.sleep(SETTLE_SECONDS)
        cost = _nanoseconds_per_call(target)
        # uprof has ended with its target; the others wait to be told.
        output = process.communicate(timeout=60)[0] if tracer.is_uprof else stop(process)
    if tracer.is_uprof and uprof_calls(output) != calls:
        raise ValueError(f"uprof counted {uprof_calls(output)} of {calls} calls of {name}")
    return cost


@contextmanager
def _empty_call(name: str, calls: int) -> Iterator[subprocess.Popen[str]]:
    command = [str(EMPTY_CALL), "--function", name, "--calls", str(calls), "--wait"]
    with subprocess.Popen(
        command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as target:
        assert target.stdout
        target.stdout.readline()  # "ready PID"
        yield target


def _nanoseconds_per_call(target: subprocess.Popen[str]) -> float:
    output, _ = target.communicate("\n", timeout=120)
    return float(json.loads(output.splitlines()[-1])["ns_per_call"])


@contextmanager
def _malloc_caller() -> Iterator[int]:
    with subprocess.Popen([sys.executable, "-c", MALLOC_CALLER]) as process:
        try:
            time.sleep(0.3)  # for the interpreter to be up
            yield process.pid
        finally:
            process.kill()


@contextmanager
def _watching(function: Function, pid: int) -> Iterator[ProbeWatch]:
    watch = ProbeWatch(function, pid)
    try:
        yield watch
    finally:
        watch.close()


def _mapped_libc() -> Path:
    """The C library this interpreter runs with."""
    for line in Path(f"/proc/{os.getpid()}/maps").read_text().splitlines():
        if "/libc.so" in line:
            return Path(line.split(maxsplit=5)[-1])
    raise LookupError("this Python runs without a libc.so")
