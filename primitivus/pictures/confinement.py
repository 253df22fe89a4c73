"""Shutting a process in before it reads what a stranger wrote."""

import ctypes
import os
import resource
import struct
from contextlib import suppress

# For a picture of the most pixels that are read, and the library that reads it.
MOST_MEMORY = 1 << 30
MOST_CPU_S = 20
_NICE = 10

_NO_NEW_PRIVILEGES = 38
# Landlock: its system calls have the same numbers on all machines.
_CREATE, _RESTRICT = 444, 446
_TELL_VERSION = 1
# By the version of Landlock: rights on files, to connect and listen, and whom signals reach.
_FILES = {1: 13, 2: 14, 3: 15, 4: 15}
_ALL_FILES, _ALL_PORTS, _ALL_SCOPES = 16, 2, 2
_PORTS_FROM, _SCOPES_FROM = 4, 6


def confine() -> None:
    """Have this process open nothing more and reach nobody; what is open it may read and write.

    Memory and time on the CPU are bounded, and other processes go first. The Landlock of newer
    kernels keeps it from other processes as well; where there is none the bounds have to do.
    """
    with suppress(OSError):  # a sandbox may have taken that away
        os.nice(_NICE)
    _shut_in()
    for kind, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_CPU_S),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        # No file, no socket: none of them can have a number.
        (resource.RLIMIT_NOFILE, 0),
    ):
        _, allowed = resource.getrlimit(kind)
        most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (most, most))


def _shut_in() -> None:
    """Have the kernel allow nothing that Landlock can forbid, as far as it knows that."""
    system = ctypes.CDLL(None).syscall
    version = system(_CREATE, None, ctypes.c_size_t(0), _TELL_VERSION)
    if version < 1 or ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return
    forbidden = [(1 << _FILES.get(version, _ALL_FILES)) - 1]
    if version >= _PORTS_FROM:
        forbidden.append((1 << _ALL_PORTS) - 1)
    if version >= _SCOPES_FROM:
        forbidden.append((1 << _ALL_SCOPES) - 1)
    rules = struct.pack(f"={len(forbidden)}Q", *forbidden)
    number = system(_CREATE, rules, ctypes.c_size_t(len(rules)), 0)
    if number >= 0:
        system(_RESTRICT, number, 0)
        os.close(number)
