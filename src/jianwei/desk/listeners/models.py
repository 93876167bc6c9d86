"""The register of those who may listen at hearings, and the draws from it."""

from __future__ import annotations

from django.db import models

from jianwei.desk.matters.models import Matter
from jianwei.desk.people.models import Office, User


class Kind(models.TextChoices):
    LISTENERS = "听证员库", "听证员"
    SUPERVISORS = "人民监督员名单", "人民监督员"


class Listener(models.Model):
    """一名听证员或者人民监督员。出库不删除，写明何时出库。同一院的同一名库中，在库的姓名不重。"""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="院")
    kind = models.CharField("名库", max_length=10, choices=Kind.choices)
    name = models.CharField("姓名", max_length=40)
    trade = models.CharField("职业或者专长", max_length=80, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("入库时间")
    left_at = models.DateTimeField("出库时间", null=True)

    class Meta:
        verbose_name = "听证员"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "name"], condition=models.Q(left_at__isnull=True), name="one_listener_a_name"
            )
        ]


class ListenerDraw(models.Model):
    """一次抽选。只增不改，数据库也拒绝修改和删除；名库、剔除的人、种子和结果都在，可以复算。"""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    number = models.CharField("受案号", max_length=60)
    seq = models.PositiveIntegerField("抽选行为的序号")
    kind = models.CharField("名库", max_length=10, choices=Kind.choices)
    pool = models.JSONField("可抽选的人")
    left_out = models.JSONField("剔除的人")
    seed = models.CharField("种子", max_length=64)
    version = models.CharField("抽取办法版本", max_length=10)
    drawn = models.JSONField("抽中的人")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "听证员抽选"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["matter", "seq"], name="one_listener_draw_an_act")]
