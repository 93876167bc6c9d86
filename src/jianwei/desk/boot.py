"""Point Django at a data folder."""

from __future__ import annotations

import os
from pathlib import Path

from jianwei.desk.errors import DeskError

SETTINGS = "jianwei.desk.site.settings"


class OtherHome(DeskError):
    """Django in this process already serves another data folder."""

    def __init__(self, wanted: Path, current: str) -> None:
        super().__init__(f"本进程已使用数据目录 {current}，不能再改用 {wanted}。")
        self.wanted = wanted
        self.current = current


def boot(home: Path) -> None:
    """Set up Django for ``home``. May be called again for the same folder."""
    home = home.resolve()
    import django
    from django.conf import settings

    if settings.configured:
        if Path(settings.JIANWEI_HOME) != home:
            raise OtherHome(home, str(settings.JIANWEI_HOME))
        return
    os.environ["JIANWEI_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    django.setup()
