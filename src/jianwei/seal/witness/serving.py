"""A witness on the network: two addresses, small limits, one thread a connection."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

from jianwei.seal.witness.judging import Answer, Witness
from jianwei.seal.witness.submission import LIMIT

SECONDS = 5
"""What a request may take to arrive, and how long a connection may be silent."""
CONNECTIONS = 64
"""At once. Chosen: a witness has a handful of logs."""

_CHECKPOINT = re.compile(r"/([0-9a-f]{64})/checkpoint")
_LENGTH = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


class WitnessServer(ThreadingHTTPServer):
    """``clock``: the time in seconds since 1970; ``tell``: takes one sentence for each answer."""

    daemon_threads = True
    request_queue_size = CONNECTIONS

    def __init__(
        self, address: tuple[str, int], witness: Witness, clock: Callable[[], int], tell: Callable[[str], None]
    ) -> None:
        self.witness, self.clock, self.tell = witness, clock, tell
        self._places = threading.BoundedSemaphore(CONNECTIONS)
        self._due: dict[socket.socket, float] = {}
        super().__init__(address, _Handler)

    def process_request(self, request: object, client_address: object) -> None:
        if not self._places.acquire(blocking=False):
            self.shutdown_request(request)  # type: ignore[arg-type]
            return
        super().process_request(request, client_address)  # type: ignore[arg-type]

    def process_request_thread(self, request: object, client_address: object) -> None:
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        finally:
            self._due.pop(cast(socket.socket, request), None)
            self._places.release()

    def expect(self, connection: socket.socket, within: float | None) -> None:
        """Cut the connection unless it is done within so many seconds: bytes that trickle in never time out."""
        if within is None:
            self._due.pop(connection, None)
        else:
            self._due[connection] = time.monotonic() + within

    def service_actions(self) -> None:
        for connection, due in list(self._due.items()):
            if due < time.monotonic():
                self._due.pop(connection, None)
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # it went by itself

    def handle_error(self, request: object, client_address: object) -> None:
        self.tell(f"与 {client_address} 的连接中断")


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "jianwei-witness", ""
    timeout = SECONDS
    wbufsize = -1  # one packet for head and body; two would wait 40 ms for an acknowledgement
    disable_nagle_algorithm = True

    def handle_one_request(self) -> None:
        self.server.expect(self.connection, 2 * SECONDS)  # silence before it, then the request
        super().handle_one_request()

    def do_POST(self) -> None:
        if self.path != "/add-checkpoint":
            self._answer(Answer(404, "没有这一地址\n".encode(), f"{self.path[:80]}：没有这一地址"))
            return
        length = self.headers.get("Content-Length", "")
        if not _LENGTH.fullmatch(length) or int(length) > LIMIT:
            self.close_connection = True
            status = 413 if _LENGTH.fullmatch(length) else 411
            self._answer(Answer(status, "请求过大或者没有长度\n".encode(), "请求过大或者没有长度，拒收"))
            return
        body = self.rfile.read(int(length))
        if len(body) == int(length):
            self._answer(self.server.witness.add_checkpoint(body, self.server.clock()))

    def do_GET(self) -> None:
        found = _CHECKPOINT.fullmatch(self.path)
        if found:
            self._answer(self.server.witness.checkpoint(found[1]))
        else:
            self._answer(Answer(404, "没有这一地址\n".encode(), f"{self.path[:80]}：没有这一地址"))

    def _answer(self, answer: Answer) -> None:
        self.server.expect(self.connection, SECONDS)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)
        self.server.tell(answer.told)

    def log_message(self, format: str, *args: object) -> None:
        """Told in sentences by the server."""
