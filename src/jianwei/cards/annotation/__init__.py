"""Findings written into a copy of the workbook that they were found in, as comments and as one list."""

from jianwei.cards.annotation.write import NotWritable, annotate

__all__ = ["NotWritable", "annotate"]
