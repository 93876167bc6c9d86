"""A time-stamping authority on one's own machine, by ``openssl ts``, to try and to show with.

What it signs proves nothing to an outsider: whoever holds its key can write any time. Its certificates say so.

    python -m jianwei.seal.stamping.local_authority DIR --port 8318
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from jianwei.seal.errors import SealError

WARNING = "仅供演示：本时间戳由本机自行签发，对外不证明任何时间。正式使用须改接有资质的时间戳服务机构。"

_DAYS = "3650"
_REQUEST_LIMIT = 4096
_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-utf8"]
_CONFIG = """\
[req]
distinguished_name = nothing
[nothing]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
[tsa]
default_tsa = local
[local]
serial = serial
signer_cert = signer.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.32473.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class AuthorityBroken(SealError):
    def __init__(self, problem: str) -> None:
        super().__init__(f"本机演示时间戳服务：{problem}")


class LocalAuthority:
    """In a folder: a root to be trusted (``root.pem``), a certificate it gave, and the number of the next token."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, or set it up when it is empty. Takes the time from the machine's clock."""
        self.folder = folder
        self._one_at_a_time = threading.Lock()
        if not shutil.which("openssl"):
            raise AuthorityBroken("没有 openssl 命令。")
        if not (folder / "serial").exists():
            self._set_up()

    @property
    def root(self) -> bytes:
        """The certificate to trust, PEM."""
        return (self.folder / "root.pem").read_bytes()

    def answer(self, request: bytes) -> bytes:
        """The ``TimeStampResp`` to a ``TimeStampReq``, both DER."""
        with self._one_at_a_time:
            return self._openssl("ts", "-reply", "-config", "openssl.cnf", "-queryfile", "/dev/stdin", content=request)

    def _set_up(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        (self.folder / "openssl.cnf").write_text(_CONFIG)
        new = ["req", "-config", "openssl.cnf", *_KEY]
        subject = "/O=见微演示/CN=演示时间戳%s（不具证明力）"
        self._openssl(
            *new,
            "-x509",
            "-days",
            _DAYS,
            "-extensions",
            "root",
            "-subj",
            subject % "根证书",
            "-keyout",
            "root.key",
            "-out",
            "root.pem",
        )
        self._openssl(*new, "-keyout", "signer.key", "-out", "signer.csr", "-subj", subject % "签发")
        sign = ["x509", "-req", "-in", "signer.csr", "-CA", "root.pem", "-CAkey", "root.key", "-days", _DAYS]
        self._openssl(*sign, "-extfile", "openssl.cnf", "-extensions", "signer", "-out", "signer.pem")
        (self.folder / "serial").write_text("01\n")

    def _openssl(self, *words: str, content: bytes = b"") -> bytes:
        finished = subprocess.run(
            ["openssl", *words], cwd=self.folder, input=content, capture_output=True, check=False, umask=0o077
        )
        if finished.returncode:
            raise AuthorityBroken(f"openssl {words[0]} 失败：{finished.stderr.decode(errors='replace').strip()[-300:]}")
        return finished.stdout


def server(authority: LocalAuthority, port: int) -> ThreadingHTTPServer:
    """On 127.0.0.1 alone; port 0 takes a free one."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 5
        wbufsize = -1

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            try:
                if length > _REQUEST_LIMIT:
                    raise AuthorityBroken("请求过大。")
                status, answer = 200, authority.answer(self.rfile.read(length))
            except AuthorityBroken as problem:
                status, answer = 400, str(problem).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply" if status == 200 else "text/plain")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


def main() -> None:
    parser = argparse.ArgumentParser(prog="jianwei.seal.stamping.local_authority", description=WARNING)
    parser.add_argument("folder", type=Path, help="存放演示证书的文件夹，没有则新建")
    parser.add_argument("--port", type=int, required=True, help="本机端口，0 为任取")
    arguments = parser.parse_args()
    with server(LocalAuthority(arguments.folder), arguments.port) as running:
        print(WARNING)
        print(f"地址 http://127.0.0.1:{running.server_port}/ 根证书 {arguments.folder / 'root.pem'}", flush=True)
        with suppress(KeyboardInterrupt):
            running.serve_forever()


if __name__ == "__main__":
    main()
