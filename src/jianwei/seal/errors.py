"""What every error of the evidence log is."""

from __future__ import annotations

from jianwei.errors import JianweiError


class SealError(JianweiError):
    """The log, a note or a proof is not what it must be."""
