"""Naming addresses: uprof beside llvm-symbolizer and the two addr2lines."""

import os
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import Samples, say
from bench.tracers import SEARCH_PATH, UPROF

COUNTS = (1, 1_000, 10_000)

# What a tool may take for one run; addr2line of elfutils needs minutes for 10,000 addresses.
LIMIT_SECONDS = 20.0

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".build/bench"

# How many units the generated program has, and what each does: containers, algorithms, strings,
# regular expressions and threads, which inline deeply into each other.
UNITS = 4
UNIT = """
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <regex>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

namespace scopeNUMBER
{
struct Item {
    int key;
    std::string name;
    std::vector<double> values;
    bool operator<(const Item &other) const { return key < other.key; }
};

template <int Depth> struct Tree {
    std::map<Item, std::shared_ptr<Tree<Depth - 1>>> children;
    int count(const std::function<bool(const Item &)> &isWanted) const
    {
        int sum = 0;
        for (auto &child : children)
            sum += (isWanted(child.first) ? 1 : 0) + child.second->count(isWanted);
        return sum;
    }
    void insert(Item item)
    {
        auto &child = children[item];
        if (!child) child = std::make_shared<Tree<Depth - 1>>();
        item.key /= 2;
        child->insert(item);
    }
};
template <> struct Tree<0> {
    std::unordered_map<std::string, std::vector<Item>> items;
    int count(const std::function<bool(const Item &)> &isWanted) const
    {
        int sum = 0;
        for (auto &entry : items)
            sum += std::count_if(entry.second.begin(), entry.second.end(), isWanted);
        return sum;
    }
    void insert(const Item &item) { items[item.name].push_back(item); }
};
} // namespace scopeNUMBER

int unitNUMBER(int count)
{
    scopeNUMBER::Tree<6> tree;
    std::regex pattern("[a-z]+NUMBER");
    for (int number = 0; number < count; number++) {
        std::ostringstream text;
        text << "item" << number * NUMBER;
        if (std::regex_match(text.str(), pattern)) continue;
        tree.insert({number, text.str(), {1.0, 2.0}});
    }
    std::vector<int> keys(count);
    std::generate(keys.begin(), keys.end(), [n = 0]() mutable { return n++ ^ NUMBER; });
    std::stable_sort(keys.begin(), keys.end(), std::greater<int>());
    return tree.count([&](const scopeNUMBER::Item &item) {
        return std::binary_search(keys.rbegin(), keys.rend(), item.key);
    });
}
"""
SEED = 20_260_301


@dataclass(frozen=True)
class Symbolizer:
    """A tool that is given addresses on stdin and prints functions, inlined ones too, and lines."""

    name: str
    command: Sequence[str]

    def run(self, addresses: Path) -> tuple[float, float] | None:
        """Seconds of processor time, which others that run cannot lengthen much, and peak memory
        in MB; None if it takes too long or fails."""
        with addresses.open("rb") as source, open(os.devnull, "wb") as sink:
            start = time.monotonic()
            process = subprocess.Popen(self.command, stdin=source, stdout=sink, stderr=sink)
            while True:
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                if pid:
                    process.returncode = status
                    break
                if time.monotonic() - start > LIMIT_SECONDS:
                    process.kill()
                    process.wait()
                    return None
                time.sleep(0.0005)
        seconds = usage.ru_utime + usage.ru_stime
        return (seconds, usage.ru_maxrss * 1024 / 1e6) if status == 0 else None


@dataclass(frozen=True)
class Subject:
    """A program whose addresses are named."""

    title: str
    path: Path
    # What uprof / llvm-symbolizer 14 may be, by the number of addresses.
    goals: dict[int, float] = field(default_factory=dict)


@dataclass
class SymbolizeResult:
    """Milliseconds and MB of each tool, by the number of addresses."""

    subject: Subject
    seconds: dict[int, Samples]
    memory: dict[int, Samples]
    tools: list[str]


def subjects() -> list[Subject]:
    """The programs that are there."""
    compiler = shutil.which("swift-frontend")
    swiftc = shutil.which("swiftc")
    if not compiler and swiftc:
        compiler = str(Path(swiftc).resolve().parent / "swift-frontend")
    libc = _debug_libc()
    found = []
    templates = _templates()
    if templates:
        found.append(Subject(
            "C++: generated, of the standard library's templates", templates, {10_000: 0.5}))
    if libc:
        found.append(Subject(
            "C: the GNU C library, with its compressed debug file", libc, {10_000: 0.5}))
    debug_build = ROOT / ".build/debug/uprof"
    if debug_build.exists():
        found.append(Subject("Swift: a debug build of uprof", debug_build, {10_000: 0.5}))
    if compiler and Path(compiler).exists():
        found.append(Subject(
            "symbols only: swift-frontend", Path(compiler).resolve(), {1: 0.2, 10_000: 0.3}))
    return found


def _templates() -> Path | None:
    """A C++ program of many templates, generated and compiled here once."""
    program = CACHE / "templates"
    compiler = shutil.which("g++")
    if program.exists() or not compiler:
        return program if program.exists() else None
    CACHE.mkdir(parents=True, exist_ok=True)
    say(f"compiling {UNITS} units of C++ with full debug information, once")
    objects = []
    for number in range(UNITS):
        source = CACHE / f"unit{number}.cpp"
        source.write_text(UNIT.replace("NUMBER", str(number)))
        objects.append(source.with_suffix(".o"))
        subprocess.run(
            [compiler, "-O2", "-g", "-c", "-o", objects[-1], source], check=True)
        source.unlink()
    main = CACHE / "main.cpp"
    calls = "".join(f"    sum += unit{number}(count);\n" for number in range(UNITS))
    declarations = "".join(f"int unit{number}(int);\n" for number in range(UNITS))
    main.write_text(
        f"{declarations}int main(int count, char **)\n"
        f"{{\n    int sum = 0;\n{calls}    return sum;\n}}\n")
    subprocess.run([compiler, "-O2", "-g", "-o", program, main, *objects], check=True)
    for file in objects:
        file.unlink()
    return program


def _debug_libc() -> Path | None:
    libc = Path("/lib/x86_64-linux-gnu/libc.so.6").resolve()
    notes = subprocess.run(["readelf", "-n", libc], capture_output=True, text=True, check=False)
    for line in notes.stdout.splitlines():
        if "Build ID:" in line:
            build_id = line.split()[-1]
            path = Path(f"/usr/lib/debug/.build-id/{build_id[:2]}/{build_id[2:]}.debug")
            return libc if path.exists() else None
    return None


def tools(path: Path) -> list[Symbolizer]:
    """The tools that are installed, uprof first, each told to name addresses of a program."""
    file = str(path)
    found = [Symbolizer("uprof", [str(UPROF), "symbolize", "--exe", file, "--no-debuginfod"])]
    own = shutil.which("swiftc")
    toolchain = str(Path(own).resolve().parent / "llvm-symbolizer") if own else None
    for name, program, arguments in (
        ("llvm-symbolizer 14", "llvm-symbolizer-14", [f"--obj={file}"]),
        ("llvm-symbolizer of Swift", toolchain, [f"--obj={file}"]),
        ("addr2line", "addr2line", ["-afie", file]),
        ("eu-addr2line", "eu-addr2line", ["-afie", file]),
    ):
        full = shutil.which(program, path=SEARCH_PATH) if program else None
        if program and Path(program).is_absolute() and Path(program).exists():
            full = program
        if full:
            found.append(Symbolizer(name, [full, *arguments]))
    return found


def addresses(path: Path, count: int) -> list[int]:
    """Addresses of instructions, drawn at random from the functions of a program.

    The table is never here as a whole: the peak memory of a tool counts from what its parent has.
    """
    generator = random.Random(SEED)
    functions: list[tuple[int, int]] = []
    for table in (["--defined-only"], ["--defined-only", "-D"]):
        with subprocess.Popen(
            ["nm", "-S", *table, path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as listing:
            functions = _drawn(_functions(listing.stdout or []), count, generator)
        if functions:
            break
    drawn = []
    for _ in range(count):
        start, size = generator.choice(functions)
        drawn.append(start + generator.randrange(max(size, 1)))
    return drawn


def _functions(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    for line in lines:
        words = line.split()
        if len(words) == 4 and words[2] in "tTwWi":
            yield int(words[0], 16), int(words[1], 16)


def _drawn(
    functions: Iterable[tuple[int, int]], count: int, generator: random.Random
) -> list[tuple[int, int]]:
    """As many of the functions, each as likely as any other."""
    kept: list[tuple[int, int]] = []
    for number, function in enumerate(functions):
        if number < count:
            kept.append(function)
        elif (place := generator.randrange(number + 1)) < count:
            kept[place] = function
    return kept


def symbolize_cost(rounds: int) -> list[SymbolizeResult]:
    """Time and memory of all tools on all subjects; too slow ones sit out the larger counts."""
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        for subject in subjects():
            results.append(_measure(subject, rounds, Path(scratch)))
    return results


def _measure(subject: Subject, rounds: int, scratch: Path) -> SymbolizeResult:
    installed = tools(subject.path)
    result = SymbolizeResult(
        subject, {count: Samples() for count in COUNTS}, {count: Samples() for count in COUNTS},
        [tool.name for tool in installed])
    all_addresses = addresses(subject.path, max(COUNTS))
    slow: set[str] = set()
    for count in COUNTS:
        source = scratch / "addresses"
        source.write_text("".join(f"0x{address:x}\n" for address in all_addresses[:count]))
        for number in range(rounds):
            say(f"{subject.title}, {count:,} addresses, round {number + 1} of {rounds}")
            for tool in installed:
                if tool.name in slow:
                    continue
                cost = tool.run(source)
                if cost is None:
                    slow.add(tool.name)
                    continue
                result.seconds[count].add(tool.name, cost[0] * 1e3)
                result.memory[count].add(tool.name, cost[1])
    return result
