"""The sealing service as a process, of one log or of several: ``python -m jianwei.seal.running FOLDER…``."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from jianwei.seal.errors import SealError
from jianwei.seal.permission import Permission
from jianwei.seal.service import FAILED, Service


def serve(folders: Sequence[Path], stop: threading.Event | None = None, permission: Permission | None = None) -> int:
    """Until interrupted or until every log has ended; the worst way one of them did, as an exit code.

    ``permission``: to write though no witness has answered.
    """
    stop = stop or threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    codes: list[int] = []
    threads = [
        threading.Thread(target=_one, args=(folder, stop, codes, permission), name=folder.name) for folder in folders
    ]
    for each in threads:
        each.start()
    for each in threads:
        while each.is_alive():  # a join without an end would not let a signal in
            each.join(0.5)
    return max(codes, default=0)


def _one(folder: Path, stop: threading.Event, codes: list[int], permission: Permission | None) -> None:
    """A log that ends by an error leaves the others alone."""
    own = threading.Event()

    def pass_on() -> None:
        stop.wait()
        own.set()

    threading.Thread(target=pass_on, daemon=True).start()
    service = Service(
        folder,
        clock=lambda: int(time.time()),
        entropy=os.urandom,
        tell=lambda sentence: print(f"{time.strftime('%H:%M:%S')} {folder.name} {sentence}", flush=True),
        stop=own,
        permission=permission,
    )
    try:
        codes.append(service.run())
    except SealError as problem:
        print(f"{time.strftime('%H:%M:%S')} {folder.name} {problem}", file=sys.stderr, flush=True)
        codes.append(FAILED)


if __name__ == "__main__":
    sys.exit(serve([Path(each) for each in sys.argv[1:]]))
