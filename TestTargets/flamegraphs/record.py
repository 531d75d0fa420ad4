#!/usr/bin/env python3
"""Writes boxes.txt: what flamegraph.pl draws of the folded stacks beside this file.

    python3 TestTargets/flamegraphs/record.py FLAMEGRAPH_PL

FLAMEGRAPH_PL is the script of https://github.com/brendangregg/FlameGraph; boxes.txt names the commit
it was made with, if the script is in a clone. The tests compare with these boxes, since distributions
have no package of that script, but an old one only. They run the script where PATH has it.

A section has the input and the arguments as its heading, then lines sorted by their bytes: the title
of a box, its color, and how many boxes have both, with tabs between them.
"""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent

PALETTES = (
    "hot mem io wakeup chain java js perl red green blue aqua yellow purple orange".split())


def cases() -> Iterator[tuple[str, list[str]]]:
    """An input and the arguments it is drawn with."""
    for arguments in ([], ["--factor", "3"], ["--total", "2000000"]):
        yield "titles", arguments
    for name in ("generated", "shell"):
        for arguments in ([], ["--inverted"], ["--reverse"], ["--flamechart"]):
            yield name, arguments
    for palette in PALETTES:
        yield "colors", ["--colors", palette]
        yield "colors", ["--colors", palette, "--hash"]
    for arguments in ([], ["--negate"]):
        yield "difference", arguments


def boxes(script: Path, name: str, arguments: list[str]) -> list[str]:
    """Titles and colors of all boxes."""
    svg = subprocess.run(
        ["perl", str(script), "--minwidth", "0", *arguments, str(HERE / f"{name}.folded")],
        check=True, capture_output=True, text=True, encoding="utf-8").stdout
    found = re.findall(
        r'<title>(.*?)</title><rect [^>]*fill="([^"]*)"', svg.split('id="frames"')[-1])
    lines = (f"{title}\t{color}\t{count}" for (title, color), count in Counter(found).items())
    return sorted(lines, key=str.encode)


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 64
    script = Path(sys.argv[1])
    found = subprocess.run(
        ["git", "-C", str(script.parent), "log", "-1", "--format=%h of %as", "--", script.name],
        capture_output=True, text=True)
    lines = [f"# brendangregg/FlameGraph {found.stdout.strip() or 'of an unknown commit'}"]
    for name, arguments in cases():
        lines += ["", f"## {' '.join([name, *arguments])}", *boxes(script, name, arguments)]
    (HERE / "boxes.txt").write_text("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
