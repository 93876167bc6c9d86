"""What a browser may show of a material: pictures, sound and film, in parts, to who was shown its page."""

from __future__ import annotations

import datetime as dt
import re

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse

from jianwei.desk.evidence import handling
from jianwei.desk.evidence.models import Material
from jianwei.desk.evidence.views.answers import streamed
from jianwei.desk.people.acting import Acting

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
SOUNDS = frozenset({"audio/mpeg", "audio/wav", "audio/x-wav", "audio/ogg", "audio/aac", "audio/mp4", "audio/flac", "audio/webm"})  # fmt: skip
FILMS = frozenset({"video/mp4", "video/webm", "video/ogg"})
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
_SALT, _HEARING = "exhibit", dt.timedelta(hours=12)


def shape(one: Material) -> str:
    """``picture``, ``sound`` or ``film``; "" for what a browser would run or cannot show."""
    kind = one.media_type.lower()
    return "picture" if kind in PICTURES else "sound" if kind in SOUNDS else "film" if kind in FILMS else ""


def ticket(who: Acting, one: Material) -> str:
    """Says that somebody was shown the page of a material, and that this is in its custody log."""
    return signing.dumps([who.user.pk, one.pk], salt=_SALT)


def content(request: HttpRequest, who: Acting, one: Material) -> HttpResponse:
    """The file or the range of it that is asked for; 404 for what is not to be shown, or to who was not shown its page."""
    if not shape(one) or not _was_shown(who, one, request.GET.get("shown", "")):
        raise Http404
    whole = one.size or 0
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    begin, end = (int(asked[1]), min(int(asked[2] or whole - 1) + 1, whole)) if asked else (0, whole)
    if begin >= end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{whole}"})
    response = streamed(request, handling.part(one, begin, end), one.name, one.media_type, end - begin)
    response["Content-Disposition"], response["Accept-Ranges"] = "inline", "bytes"
    if asked:
        response.status_code = 206
        response["Content-Range"] = f"bytes {begin}-{end - 1}/{whole}"
    return response


def _was_shown(who: Acting, one: Material, shown: str) -> bool:
    try:
        return bool(signing.loads(shown, salt=_SALT, max_age=_HEARING) == [who.user.pk, one.pk])
    except signing.BadSignature:
        return False
