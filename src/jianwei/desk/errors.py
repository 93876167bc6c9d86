"""Errors of the desk."""

from __future__ import annotations

from jianwei.errors import JianweiError


class DeskError(JianweiError):
    """Anything the desk refuses, with one Chinese sentence for the reader."""
