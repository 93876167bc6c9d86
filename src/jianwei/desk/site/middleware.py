"""Headers that every answer carries, and what no form may hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

# No inline script, no inline style, nothing from another host. `data:` images are the check marks in Tabler's CSS.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

RECORDING = "camera=(self), microphone=(self), geolocation=()"
"""Of the one page that records."""


class NoNul:
    """Takes the sign NUL out of an address and refuses a form with it: nobody types it, and PostgreSQL knows no text with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in (asked := request.META.get("QUERY_STRING", "")):
            request.META["QUERY_STRING"] = asked.replace("%00", "")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        if any("\x00" in text for _, texts in request.POST.lists() for text in texts):
            raise SuspiciousOperation("NUL in a form")


class SecurityHeaders:
    """Adds the headers; pages (not static files) are never stored by a cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if getattr(response, "media_of_the_desk", False):
            response.headers["Content-Security-Policy"] = f"{POLICY}; media-src 'self'"
        if getattr(response, "records_at_the_desk", False):
            response.headers["Permissions-Policy"] = RECORDING
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response
