"""Place the front-end parts that npm installed where the desk serves them. They are never committed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from jianwei.desk.errors import DeskError

VENDOR = Path(__file__).resolve().parent / "static" / "vendor"

FILES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "cytoscape.min.js": "cytoscape/dist/cytoscape.min.js",
}

ICONS = (
    "adjustments", "affiliate", "alert-triangle", "arrow-left", "bell", "bulb", "calendar", "check", "chevron-down", "chevron-left",
    "chevron-right", "clipboard-list", "columns", "contrast", "database", "download", "eye", "file-text", "filter",
    "git-merge", "history", "info-circle", "keyboard", "layout-dashboard", "list-check", "list-search", "lock", "logout", "moon", "notes",
    "printer", "rotate", "scale", "search", "send", "settings", "shield-check", "sun", "timeline", "user",
    "users", "x",
)  # fmt: skip


class AssetsMissing(DeskError):
    """``npm ci`` has not been run, or a package changed its layout."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"缺少前端文件 {path}：请先在源码目录中运行 ./jianwei up，再打开工作台或打包。")
        self.path = path


def place(node_modules: Path, vendor: Path = VENDOR) -> list[Path]:
    """Copy the files and build the icon sprite. Returns what was written."""
    vendor.mkdir(parents=True, exist_ok=True)
    written = []
    for name, origin in FILES.items():
        source = node_modules / origin
        if not source.is_file():
            raise AssetsMissing(source)
        written.append(Path(shutil.copyfile(source, vendor / name)))
    # A source map is not served, so its mention would only make a 404 in the console.
    css = vendor / "tabler.min.css"
    css.write_text(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css.read_text(encoding="utf-8")), encoding="utf-8")
    sprite = vendor / "icons.svg"
    sprite.write_text(_sprite(node_modules / "@tabler/icons/icons/outline"), encoding="utf-8")
    return [*written, sprite]


def placed(vendor: Path = VENDOR) -> bool:
    """Whether every file is there."""
    return all((vendor / name).is_file() for name in (*FILES, "icons.svg"))


def _sprite(folder: Path) -> str:
    symbols = []
    for name in ICONS:
        source = folder / f"{name}.svg"
        if not source.is_file():
            raise AssetsMissing(source)
        svg = source.read_text(encoding="utf-8")
        inner = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
            f'stroke-linecap="round" stroke-linejoin="round">{inner.strip()}</symbol>'
        )
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>\n"
