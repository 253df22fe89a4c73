"""What a running process costs, from /proc."""

import os
from pathlib import Path

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def cpu_s(*pids: int) -> float:
    """Return the CPU time that processes have used so far, in seconds, all threads together."""
    return sum(_ticks(pid) for pid in pids) / _TICKS_PER_S


def pss_mb(*pids: int) -> float:
    """Return the memory of processes in MB; pages they share with others count in part (PSS)."""
    return sum(_pss_kb(pid) for pid in pids) / 1024


def wakeups(pid: int) -> int:
    """Return how often a process has gone to sleep so far, each of which ended in a wake-up."""
    return sum(_voluntary_switches(task) for task in _tasks(pid))


def _tasks(pid: int) -> list[Path]:
    return sorted(Path(f"/proc/{pid}/task").iterdir())


def _ticks(pid: int) -> int:
    # Unlike those of its threads, the times of a process still hold what ended threads have used.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _pss_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise RuntimeError(f"the kernel doesn't tell the PSS of {pid}")


def _voluntary_switches(task: Path) -> int:
    for line in (task / "status").read_text().splitlines():
        if line.startswith("voluntary_ctxt_switches:"):
            return int(line.split()[1])
    return 0
