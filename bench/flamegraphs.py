"""Measures flame graphs and differences beside flamegraph.pl. Run as: python3 -m bench.flamegraphs"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.measure import Samples, say
from bench.tracers import UPROF

# As measured with the library of inferno 0.12.6 on two processors, for 168 MB of 100,000 stacks.
INFERNO = {"flame graph, SVG": (0.56, 252), "difference": (0.77, None)}


def write_stacks(path: Path, count: int, seed: int) -> None:
    """Distinct sorted stacks, about 55 frames deep, of 3,000 names: 1.8 KB a line."""
    names_random, chosen = random.Random(7), random.Random(seed)
    words = "alloc read write poll parse merge index cache flush commit lookup hash".split()
    names = [
        f"{names_random.choice(('core', 'std', 'app', 'net'))}::{names_random.choice(words)}_"
        f"{names_random.choice(words)}<{names_random.choice(('u8', 'T', 'Vec<u8>'))}>::f{number}"
        for number in range(3000)
    ]
    lines, stack = [], []
    for _ in range(count):
        shared = int(chosen.gauss(38, 10)) if chosen.random() < 0.97 else chosen.randrange(3, 20)
        stack = stack[: max(3, min(shared, len(stack)))]
        depth = int(chosen.gauss(55, 8))
        stack += [chosen.choice(names) for _ in range(depth - len(stack))]
        lines.append(f"proc;main;{';'.join(stack)} {chosen.randrange(1, 50)}\n")
    path.write_text("".join(sorted(lines)))


def run(command: list[str], output: Path) -> tuple[float, float]:
    """Seconds and peak memory in MB of a command whose stdout goes to a file."""
    with output.open("wb") as file:
        before = os.times()
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = os.times().elapsed - before.elapsed
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def jobs(first: Path, second: Path, scripts: Path | None) -> dict[str, dict[str, list[str]]]:
    """The commands of each job, by tool."""
    uprof = str(UPROF)
    flamegraph = shutil.which("flamegraph.pl")
    found = {
        "flame graph, SVG": {"uprof": [uprof, "flamegraph", str(first)]},
        "flame graph, HTML": {"uprof": [uprof, "flamegraph", "--format", "html", str(first)]},
        "difference": {"uprof": [uprof, "diff", str(first), str(second)]},
    }
    if flamegraph:
        found["flame graph, SVG"]["flamegraph.pl"] = [flamegraph, str(first)]
    if scripts:
        difference = ["perl", str(scripts / "difffolded.pl"), str(first), str(second)]
        found["difference"]["difffolded.pl"] = difference
    return found


# Said by the page itself: when it can be used, and how long a zoom and its drawing take.
PAGE_SCRIPT = """<script>
(async () => {
    while (!document.documentElement.dataset.ready) await new Promise(go => setTimeout(go, 1));
    const opened = performance.now(), { graph, tree } = window.flamegraph;
    let node = 0;
    for (const callee of tree.callees(tree.find("0.1"))) if (tree.total[callee] > tree.total[node] / 99) node = callee;
    const start = performance.now();
    window.flamegraph.zoom(node);
    graph.draw(graph.context, graph.width, graph.height, graph.ratio);
    console.log(`OPENED ${opened} ZOOMED ${performance.now() - start}`);
})();
</script>"""


def page_times(page: Path) -> tuple[float, float] | None:
    """Milliseconds until a page can be used and of a zoom, in Chromium; None without it."""
    browser = shutil.which("chromium")
    if not browser:
        return None
    text = page.read_text()
    end = text.rindex("</body>")
    page.write_text(text[:end] + PAGE_SCRIPT + text[end:])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        # Time is the real one: the browser is ended once the page has spoken.
        process = subprocess.Popen(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
             "--remote-debugging-port=0", f"--user-data-dir={profile}", "--window-size=1280,900",
             f"file://{page}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            for line in process.stderr:
                if match := re.search(r"OPENED ([\d.]+) ZOOMED ([\d.]+)", line):
                    return float(match[1]), float(match[2])
        finally:
            process.terminate()
            process.wait()
    return None


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.flamegraphs", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--stacks", type=int, default=100_000)
    parser.add_argument("--scripts", type=Path, help="a directory with difffolded.pl")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        scratch = Path(directory)
        first, second = scratch / "before.folded", scratch / "after.folded"
        for seed, path in enumerate((first, second)):
            write_stacks(path, options.stacks, seed)
        size = first.stat().st_size / 1e6
        all_jobs = jobs(first, second, options.scripts)
        seconds = {name: Samples() for name in all_jobs}
        memory = {name: Samples() for name in all_jobs}
        for number in range(options.rounds):
            say(f"flame graphs, round {number + 1} of {options.rounds}")
            for name, tools in all_jobs.items():
                for tool, command in tools.items():
                    if tool != "uprof" and number > 0:
                        continue  # Minutes a round, and no less steady.
                    taken, peak = run(command, scratch / "output")
                    seconds[name].add(tool, taken)
                    memory[name].add(tool, peak)
        print(f"{options.stacks:,} distinct stacks, {size:.0f} MB of folded lines; medians.\n")
        print("| job | tool | s | peak MB |\n| --- | --- | --: | --: |")
        for name, tools in all_jobs.items():
            for tool in tools:
                peak = memory[name].median(tool)
                print(f"| {name} | {tool} | {seconds[name].median(tool):.2f} | {peak:.0f} |")
            if name in INFERNO:
                taken, peak = INFERNO[name]
                print(f"| {name} | inferno 0.12.6, 168 MB, published | {taken:.2f} | {peak or '–'} |")
        page = scratch / "page.html"
        run([str(UPROF), "flamegraph", "--format", "html", str(first)], page)
        times = [page_times(page) for _ in range(options.rounds)]
        if times := [pair for pair in times if pair]:
            opened, zoomed = (median(values) for values in zip(*times))
            print(f"\nThe page ({page.stat().st_size / 1e6:.1f} MB) can be used after "
                  f"{opened:.0f} ms; a zoom takes {zoomed:.0f} ms.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
