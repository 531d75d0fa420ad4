"""Measures uprof beside its peers, at tracing and at naming addresses. Run as: python3 -m bench"""

import argparse
import os
import sys
from pathlib import Path

from bench.measure import EMPTY_CALL, call_cost, say, start_up
from bench.report import Results, limits, markdown
from bench.symbolize import symbolize_cost
from bench.tracers import EXITS_TRACER, TRACERS, UPROF


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--output", type=Path, help="where the Markdown goes (default: stdout)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--calls", type=int, default=100_000, help="traced calls per round")
    options = parser.parse_args()

    if os.geteuid() != 0:
        say("tracing needs root")
        return 77
    if not EMPTY_CALL.exists():
        say(f"{EMPTY_CALL} is not built; run make -C TestTargets")
        return 1
    if not UPROF.exists():
        say(f"{UPROF} is not built; run make build")
        return 1
    tracers = [tracer for tracer in TRACERS if tracer.path]
    for tracer in TRACERS:
        if tracer not in tracers:
            say(f"{tracer.name} is not installed and left out")

    costs = call_cost([*tracers, EXITS_TRACER], options.rounds, options.calls)
    delays, memory = start_up(tracers, options.rounds)
    named = symbolize_cost(options.rounds)
    results = Results(tracers, options.rounds, options.calls, costs, delays, memory, named)

    text = markdown(results)
    if options.output:
        options.output.write_text(text)
    print(text)
    missed = [limit for limit in limits(results) if not limit.is_met]
    for limit in missed:
        say(f"limit missed: {limit.subject}: {limit.value:.0f} {limit.unit}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
