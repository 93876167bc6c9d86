"""Render the filled samples to pictures, to be looked at: ``python look_at_samples.py FOLDER [KEY…]``.

Needs LibreOffice and pdftoppm. Writes ``FOLDER/<line>-<name>-<page>.png`` and says how many pages each kind has.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import document_samples as samples

from jianwei.desk.documents import pdf, shelf

DOTS_AN_INCH = 50


def main(folder: Path, keys: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for kind in shelf.kinds().values():
        if keys and kind.key not in keys:
            continue
        path = folder / f"{kind.key.replace('/', '-')}.pdf"
        path.write_bytes(pdf.converted(samples.finished(kind)))
        subprocess.run(["pdftoppm", "-r", str(DOTS_AN_INCH), "-png", str(path), str(path.with_suffix(""))], check=True)
        print(f"{kind.key} {kind.title} {len(list(folder.glob(f'{path.stem}-*.png')))} 页", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
