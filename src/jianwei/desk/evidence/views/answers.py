"""Answers of the interface: JSON, and for every refusal its status and one sentence; and files that are streamed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from functools import wraps
from urllib.parse import quote

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_not_required
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence.errors import Conflict, DiskFull, NoLog, NotFound, Refused, TooLarge
from jianwei.desk.people.acting import acting
from jianwei.desk.people.models import User

View = Callable[..., HttpResponse]
_STATUS: tuple[tuple[type[DeskError], int], ...] = (
    (NotFound, 404), (Conflict, 409), (TooLarge, 413), (Refused, 422), (NoLog, 503), (DiskFull, 507),
)  # fmt: skip


def status_of(error: DeskError) -> int:
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 422)


def interface(view: View) -> View:
    """A view for programs: no redirect to the log-in, every refusal as ``{"error", "fields"}``."""

    @login_not_required
    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not isinstance(request.user, User):
            return JsonResponse({"error": "请先登录。"}, status=401)
        if not acting(request).sees_cases:
            return JsonResponse({"error": "管理员职责不接触案件数据。"}, status=403)
        try:
            return view(request, *args, **kwargs)
        except DeskError as error:
            found = {"error": str(error)} | ({"fields": error.fields} if isinstance(error, Refused) else {})
            return JsonResponse(found, status=status_of(error))

    return answered


def streamed(
    request: HttpRequest, pieces: Iterator[bytes], name: str, media_type: str, size: int | None = None
) -> HttpResponse:
    """A file sent piece by piece, whichever server asks: of several gigabytes never more than a piece is held."""
    content = _waited_for(pieces) if isinstance(request, ASGIRequest) else pieces
    response = StreamingHttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    if size is not None:
        response["Content-Length"] = str(size)
    return response  # type: ignore[return-value]


def part_sent(request: HttpRequest) -> tuple[int, int]:
    """Where a part of a file begins and how many bytes it has, as the request says. Raise ``Refused``."""
    offset, length = request.GET.get("offset", ""), request.headers.get("Content-Length", "")
    if not offset.isdecimal() or not length.isdecimal() or len(offset + length) > 30:
        raise Refused("请用 offset 说明从第几字节开始，并给出 Content-Length。")
    return int(offset), int(length)


async def _waited_for(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    following = sync_to_async(lambda: next(pieces, None))
    while (piece := await following()) is not None:
        yield piece
