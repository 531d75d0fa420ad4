"""Measures flame graphs and differences beside flamegraph.pl and difffolded.pl."""

import os
import random
import re
import shutil
import subprocess
import tempfile
from multiprocessing import Process
from pathlib import Path
from statistics import median

from bench.measure import Samples, say
from bench.tracers import UPROF

GOALS = {"flame graph, SVG": "0.5 s, 250 MB", "difference": "0.7 s"}

# As measured with the library of inferno 0.12.6 on two processors, for 168 MB of 100,000 stacks.
INFERNO = {"flame graph, SVG": (0.56, 252), "difference": (0.77, None)}

# An old one, which Debian's libdevel-nytprof-perl ships.
NYTPROF = "/usr/share/perl5/Devel/NYTProf/flamegraph.pl"


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


def run(command: list[str], output: Path) -> tuple[float, float, float]:
    """Seconds, those of processors, and peak memory in MB of a command that writes a file."""
    with output.open("wb") as file:
        before = os.times()
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = os.times().elapsed - before.elapsed
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def jobs(first: Path, second: Path) -> dict[str, dict[str, list[str]]]:
    """The commands of each job, by tool; scripts in Perl where they are found."""
    uprof = str(UPROF)
    flamegraph = find("FLAMEGRAPH", "flamegraph.pl") or NYTPROF
    difference = find("DIFFFOLDED", "difffolded.pl")
    found = {
        "flame graph, SVG": {"uprof": [uprof, "flamegraph", str(first)]},
        "flame graph, HTML": {"uprof": [uprof, "flamegraph", "--format", "html", str(first)]},
        "difference": {"uprof": [uprof, "diff", str(first), str(second)]},
    }
    if Path(flamegraph).exists():
        found["flame graph, SVG"]["flamegraph.pl"] = ["perl", flamegraph, str(first)]
    if difference:
        found["difference"]["difffolded.pl"] = ["perl", difference, str(first), str(second)]
    return found


def find(variable: str, name: str) -> str | None:
    """A script that a variable of the environment or PATH has."""
    return os.environ.get(variable) or shutil.which(name)


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


def section(rounds: int, stacks: int) -> str:
    """What docs/benchmarks.md has of it."""
    with tempfile.TemporaryDirectory(prefix="uprof-bench-") as directory:
        scratch = Path(directory)
        first, second = scratch / "before.folded", scratch / "after.folded"
        for seed, path in enumerate((first, second)):
            # By another process: the memory of this one counts as that of those it starts.
            writer = Process(target=write_stacks, args=(path, stacks, seed))
            writer.start()
            writer.join()
        size = first.stat().st_size / 1e6
        rows = measure(jobs(first, second), rounds, scratch / "output")
        page = scratch / "page.html"
        run([str(UPROF), "flamegraph", "--format", "html", str(first)], page)
        times = [pair for pair in (page_times(page) for _ in range(rounds)) if pair]
        text = (
            "## Flame graphs\n\n"
            f"`python3 -m bench --only flamegraphs`: {stacks:,} distinct stacks, {size:.0f} MB of folded "
            f"lines; medians of {rounds} rounds, one of the scripts in Perl. The load of the machine was "
            f"{os.getloadavg()[1]:.1f} at the end; where it is more than its processors, the time on them "
            "is what counts. inferno's figures are those of its library with 168 MB of such stacks, "
            "measured on another day on a machine of this kind.\n\n"
            "| job | tool | s | processor, s | peak memory, MB | goal |\n"
            "| --- | --- | --: | --: | --: | --- |\n"
            + "\n".join(rows) + "\n")
        if times:
            opened, zoomed = (median(values) for values in zip(*times))
            text += (
                f"\nThe page ({page.stat().st_size / 1e6:.1f} MB) can be used {opened:.0f} ms after it "
                f"was opened in Chromium; a zoom and its drawing take {zoomed:.0f} ms.\n")
        return text


def measure(all_jobs: dict[str, dict[str, list[str]]], rounds: int, output: Path) -> list[str]:
    """A row of the table for each job and tool."""
    figures = {name: (Samples(), Samples(), Samples()) for name in all_jobs}
    for number in range(rounds):
        say(f"flame graphs, round {number + 1} of {rounds}")
        for name, tools in all_jobs.items():
            for tool, command in tools.items():
                if tool != "uprof" and number > 0:
                    continue  # Minutes a round, and no less steady.
                for samples, value in zip(figures[name], run(command, output)):
                    samples.add(tool, value)
    rows = []
    for name, tools in all_jobs.items():
        for tool in tools:
            seconds, processor, peak = (samples.median(tool) for samples in figures[name])
            goal = GOALS.get(name, "") if tool == "uprof" else ""
            rows.append(
                f"| {name} | {tool} | {seconds:.2f} | {processor:.2f} | {peak:.0f} | {goal} |")
        if name in INFERNO:
            taken, peak = INFERNO[name]
            rows.append(f"| {name} | inferno 0.12.6, published | {taken:.2f} | – | {peak or '–'} | |")
    return rows
