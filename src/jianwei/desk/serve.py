"""Serve the desk on this machine."""

from __future__ import annotations

import warnings
from pathlib import Path

from jianwei.desk import worker
from jianwei.desk.boot import boot


def run(home: Path, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve ``home`` until interrupted, a worker beside it. ``jianwei.desk.setup.prepare`` must have run."""
    boot(home)
    import uvicorn

    from jianwei.desk.site.asgi import application

    # WhiteNoise answers files with a plain iterator; Django says so once for every file it serves under ASGI.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume")
    with worker.beside(home):
        uvicorn.run(application, host=host, port=port, log_level="warning", access_log=False, server_header=False)
