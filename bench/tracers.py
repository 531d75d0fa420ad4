"""The tools that are compared, each doing the same: a latency histogram of one function."""

import json
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.processes import Function

UPROF = Path(__file__).parent.parent / ".build/release/uprof"
SEARCH_PATH = "/usr/local/bin:/usr/bin:/usr/local/sbin:/usr/sbin:/sbin:/bin"


@dataclass(frozen=True)
class Tracer:
    """A tool and how it is told to trace one function of one process."""

    name: str
    program: str
    arguments: Callable[[Function, str], Sequence[str]]

    @property
    def is_uprof(self) -> bool:
        return self.program == str(UPROF)

    @property
    def path(self) -> str | None:
        return shutil.which(self.program, path=SEARCH_PATH)

    def version(self) -> str:
        result = subprocess.run(
            [self.path or self.program, "--version"], capture_output=True, text=True, check=False
        )
        return (result.stdout or result.stderr).strip().splitlines()[0].split()[-1]

    def command(self, function: Function, pid: int | str) -> list[str]:
        """The command line; `pid` is a placeholder where it is only to be shown."""
        return [self.path or self.program, *self.arguments(function, str(pid))]

    def start(self, function: Function, pid: int) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(function, pid), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )


def stop(tracer: subprocess.Popen[str]) -> str:
    """Ends a tracer the way a person does; returns what it printed."""
    tracer.send_signal(signal.SIGINT)
    output, _ = tracer.communicate(timeout=60)
    return output


def uprof_calls(output: str) -> int:
    """How many calls uprof counted, by its JSON."""
    return sum(function["calls"] for function in json.loads(output)["functions"])


def _bpftrace_script(function: Function) -> str:
    place = f"{function.path}:{function.name}"
    return (
        f"uprobe:{place} {{ @start[tid] = nsecs; }} "
        f"uretprobe:{place} /@start[tid]/ "
        "{ @ns = hist(nsecs - @start[tid]); delete(@start[tid]); }"
    )


def _uprof_arguments(function: Function, pid: str) -> list[str]:
    return ["attach", "--pid", pid, "--func", function.name, "--json"]


TRACERS = (
    Tracer("uprof", str(UPROF), _uprof_arguments),
    Tracer(
        "bpftrace", "bpftrace",
        lambda function, pid: ["-p", pid, "-e", _bpftrace_script(function)],
    ),
    Tracer(
        "funclatency", "funclatency",
        lambda function, pid: ["-p", pid, f"{function.library}:{function.name}"],
    ),
)

# What uprof does where exceptions may pass: it probes the instructions that leave the function.
EXITS_TRACER = Tracer(
    "uprof, exits", str(UPROF),
    lambda function, pid: [*_uprof_arguments(function, pid), "--returns", "exits"],
)
