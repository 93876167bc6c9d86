"""The index: one line for each matter, clue and document, and the facts of acts. All of it is derived."""

from __future__ import annotations

from django.db import models

from jianwei.desk.clues.models import Clue
from jianwei.desk.documents.models import Document
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.models import Office


class Kind(models.TextChoices):
    MATTER = "matter", "事项"
    CLUE = "clue", "线索"
    DOCUMENT = "document", "文书"


class Entry(models.Model):
    """索引的一行（推导）。谁能看到它，由所指的事项、线索或者文书在查询的当时决定。"""

    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    matter = models.OneToOneField(Matter, models.CASCADE, null=True, related_name="+")
    clue = models.OneToOneField(Clue, models.CASCADE, null=True, related_name="+")
    document = models.OneToOneField(Document, models.CASCADE, null=True, related_name="+")
    office = models.ForeignKey(Office, models.CASCADE, related_name="+", verbose_name="院")
    unit = models.CharField("程序、模型或文书种类", max_length=60)
    unit_title = models.CharField(max_length=80)
    stage = models.CharField("阶段或状态", max_length=40)
    on = models.DateField("日期")
    ref = models.CharField("编号", max_length=80)
    title = models.TextField("名称")
    names = models.TextField("人员")
    body = models.TextField("正文")
    source_version = models.PositiveIntegerField()
    source_at = models.DateTimeField()

    class Meta:
        verbose_name = "索引"
        indexes = [
            models.Index(fields=["-on", "-id"], name="entry_by_day"),
            models.Index(fields=["kind", "-on", "-id"], name="entry_by_kind"),
            models.Index(fields=["kind", "unit", "stage"], name="entry_by_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="matter", matter__isnull=False, clue__isnull=True, document__isnull=True)
                | models.Q(kind="clue", matter__isnull=True, clue__isnull=False, document__isnull=True)
                | models.Q(kind="document", matter__isnull=True, clue__isnull=True, document__isnull=False),
                name="entry_stands_for_one",
            ),
        ]

    @property
    def head(self) -> str:
        """What a thing is called: words found here come first."""
        return f"{self.ref}\n{self.title}\n{self.names}"


class Told(models.Model):
    """一次行为的一项事实（推导）。``fact`` 为空的一行是行为本身；数、金额（分）和日期（yyyymmdd）另存为数。"""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="told")
    act = models.CharField("行为", max_length=60)
    fact = models.CharField("事实", max_length=60, blank=True)
    value = models.CharField("值", max_length=120, blank=True)
    amount = models.BigIntegerField("数值", null=True)
    on = models.DateField("行为日期")

    class Meta:
        verbose_name = "行为事实索引"
        indexes = [
            models.Index(fields=["act", "fact", "value", "entry"], name="told_by_value"),
            models.Index(fields=["act", "fact", "amount", "entry"], name="told_by_amount"),
            models.Index(fields=["act", "fact", "on", "entry"], name="told_by_day"),
        ]
