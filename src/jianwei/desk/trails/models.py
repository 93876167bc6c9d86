"""Segments of a trail, each with its root in the evidence log; and what checks found."""

from __future__ import annotations

from django.db import models

from jianwei.desk.matters.models import Matter
from jianwei.desk.people.models import Office, User


class Segment(models.Model):
    """一段留痕：哪些行、各行的哈希、它们的根。根写入存证日志，编号即 ``entry_id``。"""

    trail = models.CharField("留痕", max_length=20)
    n = models.PositiveIntegerField("段号")
    first = models.BigIntegerField("起")
    last = models.BigIntegerField("止")
    rows = models.PositiveIntegerField("行数")
    ids = models.BinaryField()
    hashes = models.BinaryField()
    root = models.CharField("根", max_length=64)
    entry_id = models.CharField("存证编号", max_length=26, unique=True)
    at = models.DateTimeField("封存时间")
    in_log = models.BooleanField("已入日志", default=False)

    class Meta:
        verbose_name = "留痕段"
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["trail", "n"], name="one_segment_a_number")]
        indexes = [models.Index(fields=["trail", "-n"], name="segment_of_trail")]


class Check(models.Model):
    """一次检查。``ended_at`` 为空的是已安排、还没有做完的。"""

    asked_at = models.DateTimeField("安排时间")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="安排人")
    ended_at = models.DateTimeField("完成时间", null=True)
    rows = models.PositiveBigIntegerField("检查行数", default=0)
    found = models.PositiveIntegerField("不符", default=0)

    class Meta:
        ordering = ["-id"]


class Finding(models.Model):
    """与封存不符的一行或者一段。恢复原状后 ``gone_at`` 有值，记录仍在。"""

    class What(models.TextChoices):
        CHANGED = "changed", "内容被改动"
        MISSING = "missing", "已不存在"
        ADDED = "added", "封存后插入"
        SEGMENT = "segment", "封存段被改动"
        LOG = "log", "与存证日志不符"
        LOST = "lost", "日志中有、封存段不存在"

    trail = models.CharField("留痕", max_length=20)
    what = models.CharField("不符之处", max_length=10, choices=What.choices)
    n = models.PositiveIntegerField("段号")
    row = models.BigIntegerField("行", null=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField("发现时间")
    gone_at = models.DateTimeField("恢复时间", null=True)

    class Meta:
        verbose_name = "留痕不符"
        ordering = ["gone_at", "-id"]
        indexes = [models.Index(fields=["trail", "what", "row"], name="finding_of_row")]
