"""Functions in running processes, seen from outside."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Function:
    """A function of a program or library."""

    path: Path
    name: str

    @property
    def library(self) -> str:
        """The library's name as in `-l`; empty for a program."""
        stem, is_library, _ = self.path.name.partition(".so")
        return stem.removeprefix("lib") if is_library else ""

    def address_in(self, pid: int) -> int:
        """Where it lies in a process that has mapped its file from offset zero."""
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            fields = line.split(maxsplit=5)
            if int(fields[2], 16) == 0 and fields[-1] == str(self.path):
                return int(fields[0].split("-")[0], 16) + self._value()
        raise LookupError(f"process {pid} has not mapped {self.path}")

    def _value(self) -> int:
        for table in ([], ["--dynamic"]):
            listing = subprocess.run(
                ["nm", "--defined-only", *table, self.path],
                capture_output=True, text=True, check=False,
            ).stdout
            for line in listing.splitlines():
                value, _, name = line.split(maxsplit=2)
                if name.split("@")[0] == self.name:
                    return int(value, 16)
        raise LookupError(f"{self.path} has no function {self.name}")


class ProbeWatch:
    """Notices the breakpoint that every uprobe, whoever sets it, puts into its process."""

    def __init__(self, function: Function, pid: int) -> None:
        self._address = function.address_in(pid)
        self._memory = os.open(f"/proc/{pid}/mem", os.O_RDONLY)
        self._original = self._byte()

    def close(self) -> None:
        os.close(self._memory)

    def is_live(self) -> bool:
        return self._byte() != self._original

    def wait(self, tracer: subprocess.Popen[str], limit: float = 60) -> None:
        """Returns once the breakpoint is there."""
        end = time.monotonic() + limit
        while not self.is_live():
            if tracer.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"no probe came to life: {tracer.args!r}")
            time.sleep(0.0002)

    def _byte(self) -> bytes:
        return os.pread(self._memory, 1, self._address)


def memory_mb(pid: int, field: str) -> float:
    """A figure of /proc/PID/status (VmHWM, VmRSS) in megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise LookupError(f"process {pid} has no {field}")
