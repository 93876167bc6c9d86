"""Which files of the drop folder are recordings, by their endings, and what is left lying there without a word."""

from __future__ import annotations

MEDIA_TYPES = {
    "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg", "mkv": "video/x-matroska", "avi": "video/x-msvideo",
    "mov": "video/quicktime", "wmv": "video/x-ms-wmv", "asf": "video/x-ms-asf", "flv": "video/x-flv", "mpg": "video/mpeg", "mpeg": "video/mpeg",
    "vob": "video/mpeg", "ts": "video/mp2t", "mts": "video/mp2t", "m2ts": "video/mp2t", "3gp": "video/3gpp", "264": "video/h264", "265": "video/h265",
    "dav": "application/octet-stream", "mp3": "audio/mpeg", "wav": "audio/wav", "m4a": "audio/mp4", "aac": "audio/aac", "ogg": "audio/ogg",
    "oga": "audio/ogg", "opus": "audio/ogg", "flac": "audio/flac", "amr": "audio/amr", "wma": "audio/x-ms-wma", "weba": "audio/webm",
}  # fmt: skip
"""By ending, in lower case. ``dav`` is what some recorders write, known by no registered name."""

OF_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})
"""What file managers leave behind."""

UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")
"""Endings under which programs write before they give a file its name."""


def media_type(name: str) -> str:
    """The media type of a recording of that name; empty for what is none."""
    return MEDIA_TYPES.get(name.rpartition(".")[2].lower(), "")


def ignored(name: str) -> bool:
    """Whether a file is nobody's recording, or not yet one."""
    small = name.lower()
    return small.startswith((".", "~$")) or small in OF_SYSTEMS or small.endswith(UNFINISHED)
