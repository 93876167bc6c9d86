"""What the form of opening proposes: the case types of its procedure, and the prosecutor as handler."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jianwei.desk.matters import actions
from jianwei.desk.matters.models import Matter


def test_the_type_may_be_chosen(new_matter: Callable[..., Matter]) -> None:
    assert new_matter().case_type == "一审公诉"
    assert new_matter(intake=actions.Intake(case_type="未检一审公诉")).case_type == "未检一审公诉"


def test_a_type_of_another_procedure_is_refused(new_matter: Callable[..., Matter]) -> None:
    with pytest.raises(actions.Refused, match="案件类别"):
        new_matter(intake=actions.Intake(case_type="信访"))
    assert not Matter.objects.exists()


def test_the_form_offers_the_types(visitor: Callable[..., Client], person: Callable[..., Any]) -> None:
    page = visitor().get("/matters/new/criminal/prosecution_review/").content.decode()
    assert "<option selected>一审公诉</option>" in page
    assert "<option>未检一审公诉</option>" in page
    assert 'id="case_type"' not in visitor().get("/matters/new/petition/letters_visits/").content.decode()


def test_a_prosecutor_is_proposed_as_handler(visitor: Callable[..., Client]) -> None:
    form = "/matters/new/petition/letters_visits/"
    assert 'value="prosecutor.county" selected' in visitor().get(form).content.decode()
    assert (
        " selected>"
        not in visitor("case_manager").get(form).content.decode().split('name="handler"')[1].split("</select>")[0]
    )
