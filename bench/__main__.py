"""Measures uprof beside its peers: all of it, or some parts. Run as: python3 -m bench"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import btf, bundles, flamegraphs, formats, recording
from bench.document import Document
from bench.measure import EMPTY_CALL, call_cost, say, start_up
from bench.report import (
    Limit, Results, limits, markdown, symbolize_limits, symbolize_markdown)
from bench.symbolize import symbolize_cost
from bench.tracers import EXITS_TRACER, TRACERS, UPROF


def attach(options: argparse.Namespace) -> tuple[str, bool]:
    """Tracing; whether the limits are kept."""
    if os.geteuid() != 0:
        raise SystemExit("bench: tracing needs root; --only formats does not")
    if not EMPTY_CALL.exists():
        raise SystemExit(f"bench: {EMPTY_CALL} is not built; run make -C TestTargets")
    tracers = [tracer for tracer in TRACERS if tracer.path]
    for tracer in TRACERS:
        if tracer not in tracers:
            say(f"{tracer.name} is not installed and left out")
    costs = call_cost([*tracers, EXITS_TRACER], options.rounds, options.calls)
    delays, memory = start_up(tracers, options.rounds)
    results = Results(tracers, options.rounds, options.calls, costs, delays, memory)
    return markdown(results), _are_kept(limits(results))


def symbolize(options: argparse.Namespace) -> tuple[str, bool]:
    """Naming addresses; whether the limits are kept."""
    results = symbolize_cost(options.rounds)
    return symbolize_markdown(results, options.rounds), _are_kept(symbolize_limits(results))


def _are_kept(bounds: Sequence[Limit]) -> bool:
    missed = [limit for limit in bounds if not limit.is_met]
    for limit in missed:
        say(f"limit missed: {limit.subject}: {limit.value:.0f} {limit.unit}")
    return not missed


def record(options: argparse.Namespace) -> tuple[str, bool]:
    """What recording costs."""
    if os.geteuid() != 0:
        raise SystemExit("bench: recording others needs root; --only formats does not")
    if not recording.TARGET.exists():
        raise SystemExit(f"bench: {recording.TARGET} is not built; run make -C TestTargets")
    return recording.section(options.rounds), True


PARTS: dict[str, Callable[[argparse.Namespace], tuple[str, bool]]] = {
    "attach": attach,
    "symbolize": symbolize,
    "recording": record,
    "formats": lambda options: (formats.section(options.rounds, options.megabytes), True),
    "types": lambda options: (btf.section(), True),
    "bundles": lambda options: (bundles.section(options.rounds), True),
    "flamegraphs": lambda options: (flamegraphs.section(options.rounds, options.stacks), True),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "--output", type=Path, help="the Markdown whose sections are replaced (default: stdout)")
    parser.add_argument(
        "--only", action="append", choices=PARTS, help="measure this part; may be repeated")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--calls", type=int, default=100_000, help="traced calls per round")
    parser.add_argument("--megabytes", type=int, default=100, help="of perf script output")
    parser.add_argument("--stacks", type=int, default=100_000, help="of a flame graph")
    options = parser.parse_args()
    if not UPROF.exists():
        say(f"{UPROF} is not built; run make build")
        return 1

    document = Document(options.output)
    is_met = True
    for name in options.only or PARTS:
        text, is_good = PARTS[name](options)
        # What is measured is not lost if a later part fails.
        document.replace(text)
        is_met &= is_good
    if not options.output:
        print(document.text)
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
