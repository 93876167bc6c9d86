"""Which database the desk uses, and where front-end files come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.desk.boot import OtherHome, boot
from jianwei.desk.site import assets, secret
from jianwei.desk.site.database import BadDatabaseUrl, settings_for


def test_without_an_address_rows_lie_in_the_data_folder(tmp_path: Path) -> None:
    found = settings_for(tmp_path, None)
    assert found["NAME"] == str(tmp_path / "desk.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert (
        "journal_mode=DELETE" in found["OPTIONS"]["init_command"]
        and "secure_delete=ON" in found["OPTIONS"]["init_command"]
    )


def test_an_address_names_a_postgresql_server(tmp_path: Path) -> None:
    found = settings_for(tmp_path, "postgresql://some%40one:p%2Fw@db.example:5433/jianwei")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "some@one",
        "p/w",
        "db.example",
        "5433",
        "jianwei",
    )


def test_another_kind_of_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDatabaseUrl, match="mysql"):
        settings_for(tmp_path, "mysql://x/y")


def test_one_process_serves_one_folder(tmp_path: Path) -> None:
    with pytest.raises(OtherHome):
        boot(tmp_path)


def test_the_key_is_made_once_and_is_its_owner_s(tmp_path: Path) -> None:
    first = secret.create(tmp_path)
    assert secret.create(tmp_path) == secret.read(tmp_path) == first
    assert (tmp_path / secret.NAME).stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == [secret.NAME]


def test_missing_parts_are_named(tmp_path: Path) -> None:
    with pytest.raises(assets.AssetsMissing, match="tabler"):
        assets.place(tmp_path, tmp_path / "vendor")


def test_parts_are_placed_without_a_mention_of_what_is_not_served(tmp_path: Path) -> None:
    for origin in assets.FILES.values():
        file = tmp_path / origin
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("body{}/*# sourceMappingURL=tabler.min.css.map */", encoding="utf-8")
    for name in assets.ICONS:
        icon = tmp_path / "@tabler/icons/icons/outline" / f"{name}.svg"
        icon.parent.mkdir(parents=True, exist_ok=True)
        icon.write_text('<!-- x -->\n<svg width="24"><path d="M1 1" /></svg>', encoding="utf-8")
    vendor = tmp_path / "vendor"
    assert not assets.placed(vendor)
    assets.place(tmp_path, vendor)
    assert assets.placed(vendor)
    assert "sourceMappingURL" not in (vendor / "tabler.min.css").read_text()
    assert (vendor / "icons.svg").read_text().count("<symbol") == len(assets.ICONS)
