"""Limits for a process that handles documents from outside: memory, time, file size, no network."""

from __future__ import annotations

import ctypes
import resource
from contextlib import suppress


def confine(*, memory: int, file_bytes: int, seconds: int) -> None:
    """Bind the calling process, for good. The network is taken away where the system lets us."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(AttributeError, OSError):
        libc = ctypes.CDLL(None, use_errno=True)
        new_user, new_network = 0x10000000, 0x40000000
        if libc.unshare(new_network) != 0:
            libc.unshare(new_user | new_network)  # best effort: refused in some containers
