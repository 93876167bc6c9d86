"""What the databases treat differently does not reach them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client


def test_a_nul_in_an_address_is_not_there(visitor: Callable[..., Client]) -> None:
    client = visitor()
    assert client.get("/matters/by-number/?no=%00").status_code == client.get("/matters/by-number/?no=").status_code
    assert client.get("/matters/?q=%00&line=%00").status_code == 200


@pytest.mark.parametrize("address", ["/views/", "/matters/new/juvenile/judicial_protection/", "/login/"])
def test_a_form_with_a_nul_is_refused(address: str, visitor: Callable[..., Client]) -> None:
    assert visitor().post(address, {"name": "虞\x00见山"}).status_code == 400
