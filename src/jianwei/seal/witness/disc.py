"""A witness that no network joins with the log: the request comes on a disc, the signature lines go back on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jianwei.seal import note
from jianwei.seal.witness.judging import Answer, Witness
from jianwei.seal.witness.submission import LIMIT, Submission

REQUEST, ANSWER = ".tlreq", ".tlcos"


def sign(witness: Witness, request: bytes, now: int) -> Answer:
    """As over the network, but a request already signed gets the lines it got: a disc may be put in twice."""
    answer = witness.add_checkpoint(request, now)
    if answer.status != 409:
        return answer
    asked = Submission.parse(request)
    head = witness.memory.head(asked.checkpoint.origin)
    if head is None or (head.size, head.root) != (asked.checkpoint.size, asked.checkpoint.root):
        stands_at = head.size if head else 0
        return replace(answer, told=f"{answer.told}；请日志一方重新生成：jianwei seal request 见证方 --old {stands_at}")
    log = witness.logs[asked.checkpoint.origin]
    of_log = {(key.name, key.key_id) for key in log.keys}
    lines = [line for line in note.parse(head.note).signatures if (line.name, line.key_id) not in of_log]
    told = f"{log.origin}：第 {head.size} 条此前已见证，原样再次出具"
    return Answer(200, "".join(line.line() for line in lines).encode(), told)


def sign_file(witness: Witness, request: Path, now: int) -> Answer:
    """Sign ``x.tlreq``; the lines are in ``x.tlcos`` beside it when the answer's status is 200."""
    with request.open("rb") as file:
        answer = sign(witness, file.read(LIMIT + 1), now)
    if answer.status == 200:
        request.with_suffix(ANSWER).write_bytes(answer.body)
    return answer
