"""Documents for the tests: a draft made from the sample of its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import document_samples as samples
import pytest

from jianwei.desk.documents import actions, shelf
from jianwei.desk.documents.models import Document
from jianwei.desk.people.acting import Acting

CHIEF = "虞怀瑾"
"""The chief of the county, who has no account: a head names him."""


@pytest.fixture
def draft(acting: Callable[..., Acting]) -> Callable[..., Document]:
    """``draft("criminal/indictment")``: begun by a prosecutor of the county, whole."""

    def make(
        key: str = "criminal/indictment", *, by: Acting | None = None, about: str = "虞见山诈骗案", **changes: Any
    ) -> Document:
        return actions.start(by or acting(), key, samples.values(key) | changes, about=about)

    return make


@pytest.fixture
def issued(acting: Callable[..., Acting], draft: Callable[..., Document]) -> Callable[..., Document]:
    """The same, sent up, reviewed by a head of the county, and signed by whose it is to sign."""

    def make(key: str = "criminal/indictment", **more: Any) -> Document:
        document, head = draft(key, **more), acting("head")
        chief = shelf.kind(key).signed_by == "检察长"
        for verb in ("submit", "approve"):
            document = actions.act(head, document.pk, verb, document.revision)
        signs = head if shelf.kind(key).approved_by else acting()
        return actions.act(signs, document.pk, "issue", document.revision, signer=CHIEF if chief else "")

    return make
