"""Documents for the tests: a draft made from the sample of its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import document_samples as samples
import pytest

from jianwei.desk.documents import actions
from jianwei.desk.documents.models import Document
from jianwei.desk.people.acting import Acting


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
    """The same, sent up, approved and issued by a head of the county."""

    def make(key: str = "criminal/indictment", **more: Any) -> Document:
        return issue(draft(key, **more), acting("head"))

    def issue(document: Document, head: Acting) -> Document:
        for verb in ("submit", "approve", "issue"):
            document = actions.act(head, document.pk, verb, document.revision, signer="虞怀瑾")
        return document

    return make
