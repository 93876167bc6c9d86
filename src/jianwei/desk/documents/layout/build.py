"""Write the Word templates of the shelf: ``python -m jianwei.desk.documents.layout.build``."""

from __future__ import annotations

from jianwei.desk.documents import shelf
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.layout.composing import composed
from jianwei.desk.documents.layout.package import packed


def built(kind: Kind) -> bytes:
    """The template of ``kind`` as its declaration says it."""
    return packed(kind.title, composed(kind))


def main() -> None:
    for kind in shelf.kinds().values():
        shelf.template(kind.key).write_bytes(built(kind))


if __name__ == "__main__":
    main()
