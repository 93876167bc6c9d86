"""A witness that no network joins with the log: the request comes on a disc, the signature lines go back on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jianwei.seal import note
from jianwei.seal.witness.judging import Answer, Witness
from jianwei.seal.witness.submission import LIMIT, Submission

REQUEST, ANSWER, HEAD = ".tlreq", ".tlcos", ".tlhead"


def sign(witness: Witness, request: bytes, now: int) -> Answer:
    """As over the network, but a request already signed gets the lines it got, for a disc may be put in twice; and
    instead of a size alone, 409 has the checkpoint signed last, which shows the log whether it is still the same.
    """
    answer = witness.add_checkpoint(request, now)
    if answer.status != 409:
        return answer
    asked = Submission.parse(request).checkpoint
    head = witness.memory.head(asked.origin)
    if head is None:
        return replace(answer, body=b"")
    if (head.size, head.root) != (asked.size, asked.root):
        return replace(answer, body=head.note)
    of_log = {(key.name, key.key_id) for key in witness.logs[asked.origin].keys}
    lines = [line for line in note.parse(head.note).signatures if (line.name, line.key_id) not in of_log]
    told = f"{asked.origin}：第 {head.size} 条此前已见证，原样再次出具"
    return Answer(200, "".join(line.line() for line in lines).encode(), told)


def sign_file(witness: Witness, request: Path, now: int) -> Answer:
    """Sign ``x.tlreq``: beside it are then the lines, ``x.tlcos``, or what was signed last instead, ``x.tlhead``."""
    with request.open("rb") as file:
        answer = sign(witness, file.read(LIMIT + 1), now)
    if answer.status == 200:
        request.with_suffix(ANSWER).write_bytes(answer.body)
    elif answer.status == 409 and answer.body:
        request.with_suffix(HEAD).write_bytes(answer.body)
        told = f"{answer.told}；上次见证的检查点已写入 {request.with_suffix(HEAD).name}，请交日志一方导入后重新请求"
        return replace(answer, told=told)
    return answer
