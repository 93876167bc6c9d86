"""From one edition of a limit to the next no length changes but those that the law is known to have changed."""

from __future__ import annotations

from typing import Any

import pytest

from jianwei.law import limits
from jianwei.law.limits import Edition

CHANGED: dict[tuple[str, str], set[str]] = {
    ("administrative/public_security_case", "2026-01-01"): {"second"},
    ("administrative/reconsideration_decision", "2024-01-01"): {"summary"},
    ("civil/flow_monitoring_reply", "2021-08-01"): {"period"},
    ("civil/public_notice_service", "2022-01-01"): {"period"},
    ("civil/second_instance_ruling", "2015-02-04"): {"special"},
    ("civil/summary_procedure", "2015-02-04"): {"special"},
    ("civil/summary_procedure", "2022-01-01"): {"special"},
    ("criminal/commission_retention", "2025-06-01"): {"ten_years"},
    ("criminal/custody_necessity_review", "2023-11-30"): {"period", "complex", "prosecution_stage"},
    ("criminal/own_supplementary_investigation", "2019-12-30"): {"fast_track", "fast_track_over_one_year"},
    ("criminal/prosecution_review", "2018-10-26"): {"fast_track", "fast_track_over_one_year"},
    ("enforcement/probation_revocation", "2020-07-01"): {"period"},
    ("enforcement/sentence_reduction_opinion", "2019-12-30"): {"complex"},
    ("public_interest/rectification_reply", "2018-03-02"): {"period", "urgent"},
}
"""What differs, by limit and the day of the new edition. Every length that is kept is so tested in its old editions too."""


def lengths(edition: Edition) -> dict[str, Any]:
    variants = {**edition.extensions, **edition.alternatives}
    return {"period": (edition.period, edition.at_least)} | {
        key: (v.period, v.after, v.plus, v.open_ended, v.repeats, v.request_before) for key, v in variants.items()
    }


@pytest.mark.parametrize("key", list(limits.keys()))
def test_only_what_the_law_changed_changed(key: str) -> None:
    versions = limits.limit(key).editions.versions
    for earlier, later in zip(versions, versions[1:], strict=False):
        before, after = lengths(earlier.value), lengths(later.value)
        differs = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        assert differs == CHANGED.get((key, later.from_on.isoformat()), set()), later.from_on
