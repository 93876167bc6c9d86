"""The statutory bans on practice are dated, cited and speak of charges that exist."""

from __future__ import annotations

import datetime as dt

from jianwei.law import charges, practice_bans


def test_every_ban_names_a_licence_a_post_or_contact_with_minors() -> None:
    for ban in practice_bans.all_bans():
        assert ban.licences or ban.posts or ban.contact, ban.key


def test_every_word_for_a_charge_occurs_in_a_charge_of_the_criminal_law() -> None:
    names = [charge.name for charge in charges.ALL] + ["走私毒品罪", "贩卖毒品罪", "运输毒品罪", "制造毒品罪"]
    for ban in practice_bans.all_bans():
        for version in ban.editions.versions:
            for word in version.value.charges:
                assert any(word in name for name in names), (ban.key, word)


def test_the_ban_on_doctors_is_cited_from_the_law_of_its_day() -> None:
    def cite(on: dt.date) -> str:
        return {ban.key: rule.cite for ban, rule in practice_bans.in_force(on)}["doctor"]

    assert cite(dt.date(2021, 6, 1)) == "《中华人民共和国执业医师法》第十五条、第十六条"
    assert cite(dt.date(2026, 6, 1)) == "《中华人民共和国医师法》第十六条、第十七条"


def test_contact_with_minors_is_barred_only_since_the_act_of_2020_is_in_force() -> None:
    assert "minors" not in [ban.key for ban, _ in practice_bans.in_force(dt.date(2021, 5, 31))]
    assert "minors" in [ban.key for ban, _ in practice_bans.in_force(dt.date(2021, 6, 1))]
