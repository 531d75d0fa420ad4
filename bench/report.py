"""The results as Markdown."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from bench.measure import EMPTY_CALL, EMPTY_FUNCTIONS, SETTLE_SECONDS, Samples
from bench.processes import Function
from bench.symbolize import COUNTS, LIMIT_SECONDS, SymbolizeResult, tools
from bench.tracers import EXITS_TRACER, TRACERS, Tracer

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Results:
    """All that one run measured."""

    tracers: Sequence[Tracer]
    rounds: int
    calls: int
    costs: dict[str, Samples]
    delays: Samples
    memory: Samples


@dataclass(frozen=True)
class Limit:
    """What uprof must not exceed."""

    subject: str
    value: float
    bound: float
    unit: str

    @property
    def is_met(self) -> bool:
        return self.value <= self.bound


def limits(results: Results) -> list[Limit]:
    """The bounds uprof is held to, as far as this run could check them."""
    found = []
    push = results.costs["empty_push"]
    for subject, value, bound, unit in (
        ("a call of a function that begins with `push`, next to bpftrace",
         push.median("uprof"), push.median("bpftrace"), "ns"),
        ("from start to a live probe on `malloc`", results.delays.median("uprof"), 300.0, "ms"),
        ("peak resident memory", results.memory.median("uprof"), 60.0, "MB"),
    ):
        if value is not None and bound is not None:
            found.append(Limit(subject, value, bound, unit))
    return found


PEER = "llvm-symbolizer 14"


def symbolize_limits(results: Sequence[SymbolizeResult]) -> list[Limit]:
    """What uprof may take to name addresses, as far as the peer is there."""
    found = []
    for result in results:
        for count, goal in result.subject.goals.items():
            own, peer = (result.seconds[count].median(tool) for tool in ("uprof", PEER))
            if own and peer:
                subject = f"{count:,} {'address' if count == 1 else 'addresses'} named, "
                found.append(Limit(
                    f"{subject}{result.subject.title}, next to {goal} of {PEER}",
                    own, peer * goal, "ms"))
        own, peer = (result.memory[max(COUNTS)].median(tool) for tool in ("uprof", PEER))
        if own and peer:
            found.append(Limit(
                f"peak memory of that, {result.subject.title}, next to {PEER}", own, peer, "MB"))
    return found


def markdown(results: Results) -> str:
    """The sections about tracing."""
    sections = (
        "# Benchmarks\n\nWritten by `make bench`; every table is one run on one machine, in which "
        f"the tools took turns. Figures are medians of {results.rounds} rounds.",
        _machine(results),
        _costs(results),
        _start_up(results),
        "## Limits\n\n" + _limits(limits(results)),
        _commands(results),
    )
    return "\n\n".join(sections) + "\n"


def _machine(results: Results) -> str:
    info = Path("/proc/cpuinfo").read_text()
    fields = {
        key.strip(): value.strip()
        for key, _, value in (line.partition(":") for line in info.splitlines())
    }
    kind = ", virtual machine" if "hypervisor" in fields.get("flags", "").split() else ""
    versions = ", ".join(f"{tracer.name} {tracer.version()}" for tracer in results.tracers)
    absent = [tracer.name for tracer in TRACERS if tracer not in results.tracers]
    note = f"\n- not installed, left out: {', '.join(absent)}" if absent else ""
    return (
        "## Machine\n\n"
        f"- kernel {platform.release()}, {platform.machine()}\n"
        f"- {fields.get('model name', 'unknown processor')}, {os.cpu_count()} processors{kind}\n"
        f"- {versions}{note}"
    )


def _costs(results: Results) -> str:
    peers = [tracer.name for tracer in results.tracers if not tracer.is_uprof]
    tools = ["untraced", "uprof", EXITS_TRACER.name, *peers]
    rows = [
        [f"`{begin}`", *_figures(results.costs[name], tools, peers, digits=0)]
        for name, begin in EMPTY_FUNCTIONS.items()
    ]
    return (
        "## The cost of a call\n\n"
        f"Nanoseconds per call of an empty function, called {results.calls:,} times in a loop and "
        "traced at entry and return with a histogram. What a function begins with decides: the "
        "kernel emulates `nop`, `push` and jumps, and single-steps most else.\n\n"
        f"`{EXITS_TRACER.name}` is how uprof sees the end of a call where C++ exceptions may pass "
        "(`--returns exits`): a probe on each instruction that leaves the function, which is "
        "mostly a `ret`, and that is single-stepped too. In every round, uprof's count was "
        "compared with the number of calls, and was equal.\n\n"
        + _table(["begins with", *tools, *_ratio_titles(peers)], rows)
    )


def _start_up(results: Results) -> str:
    names = [tracer.name for tracer in results.tracers]
    peers = [name for name in names if name != "uprof"]
    rows = [
        ["start to live probe, ms", *_figures(results.delays, names, peers, digits=0)],
        ["peak resident memory, MB", *_figures(results.memory, names, peers, digits=1)],
    ]
    return (
        "## Start-up and memory\n\n"
        "One function, `malloc` of a running Python interpreter. A probe counts as live once its "
        "breakpoint can be read in the target's memory, which is polled from outside and is the "
        f"same for every tool. Memory is VmHWM, {SETTLE_SECONDS} s later.\n\n"
        + _table(["", *names, *_ratio_titles(peers)], rows)
    )


def symbolize_markdown(results: Sequence[SymbolizeResult], rounds: int) -> str:
    """The section about naming addresses."""
    parts = [
        "## Naming addresses\n\n"
        "Milliseconds of processor time of a whole process that reads addresses of instructions, "
        "drawn at random from the functions of a program, and prints functions, inlined ones too, "
        f"and lines; and its peak memory for {max(COUNTS):,} of them. Figures are medians of "
        f"{rounds} rounds. A tool that takes longer than {LIMIT_SECONDS:.0f} s is left out (–)."
    ]
    for result in results:
        peers = [tool for tool in result.tools if tool != "uprof"]
        rows = [
            [f"{count:,}, ms", *_figures(result.seconds[count], result.tools, peers[:1], digits=0)]
            for count in COUNTS
        ]
        rows.append([
            "memory, MB",
            *_figures(result.memory[max(COUNTS)], result.tools, peers[:1], digits=1)])
        parts.append(
            f"{result.subject.title} ({result.subject.path.stat().st_size / 1e6:,.0f} MB):\n\n"
            + _table(["addresses", *result.tools, *_ratio_titles(peers[:1])], rows))
    parts.append(_limits(symbolize_limits(results)))
    commands = (
        " ".join([Path(tool.command[0]).name, *tool.command[1:]]) + " < ADDRESSES"
        for tool in tools(Path("FILE")))
    parts.append("```sh\n" + "\n".join(commands) + "\n```")
    return "\n\n".join(parts)


def _limits(limits: Sequence[Limit]) -> str:
    rows = [
        [limit.subject, f"{limit.value:,.0f} {limit.unit}", f"{limit.bound:,.0f} {limit.unit}",
         "yes" if limit.is_met else "**no**"]
        for limit in limits
    ]
    return _table(["", "measured", "at most", "met"], rows)


def _commands(results: Results) -> str:
    function = Function(EMPTY_CALL.relative_to(ROOT), "empty_push")
    lines = [f"{function.path} --function empty_push --calls {results.calls} --wait"]
    for tracer in results.tracers:
        words = tracer.command(function, "PID")
        words[0] = os.path.relpath(words[0], ROOT) if words[0].startswith(f"{ROOT}/") else words[0]
        lines.append(" ".join(quote(word) for word in words))
    return (
        "## Commands\n\nPID is that of the first; for start-up and memory the function is "
        "`malloc` of the C library.\n\n```sh\n" + "\n".join(lines) + "\n```"
    )


def _figures(
    samples: Samples, tools: Sequence[str], peers: Sequence[str], digits: int
) -> list[str]:
    """Medians of the tools, then uprof's ratio to each peer."""
    own = samples.median("uprof")
    figures = [_number(samples.median(tool), digits) for tool in tools]
    for peer in peers:
        other = samples.median(peer)
        figures.append(_number(own / other if own and other else None, 2))
    return figures


def _ratio_titles(peers: Sequence[str]) -> list[str]:
    return [f"uprof / {peer}" for peer in peers]


def _number(value: float | None, digits: int) -> str:
    if value is None:
        return "–"
    return f"{value:,.{1 if value < 10 and digits == 0 else digits}f}"


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *["--:" for _ in titles[1:]]]
    return "\n".join("| " + " | ".join(row) + " |" for row in (titles, rule, *rows))
