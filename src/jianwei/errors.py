"""The root of every error that the platform raises on purpose."""

from __future__ import annotations


class JianweiError(Exception):
    """Something the reader can act on. ``str(error)`` is one Chinese sentence."""
