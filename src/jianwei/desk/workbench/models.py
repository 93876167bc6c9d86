"""Warnings of last days: one a person, clock and rung."""

from __future__ import annotations

from django.db import models

from jianwei.desk.matters.models import Matter
from jianwei.desk.people.models import User


class Notice(models.Model):
    """一条到期提醒。同一人、同一期限、同一层级只有一条。"""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    clock = models.CharField("期限代号", max_length=60)
    title = models.CharField("期限", max_length=80)
    kind = models.CharField("种类", max_length=10)
    person = models.CharField("何人", max_length=80, blank=True)
    start_on = models.DateField("起算日", null=True)
    due_on = models.DateField("届满日")
    rung = models.SmallIntegerField("届满前几日")
    says = models.CharField("提示", max_length=40)
    at = models.DateTimeField("提醒时间")
    read_at = models.DateTimeField("阅知时间", null=True)

    class Meta:
        verbose_name = "到期提醒"
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "matter", "clock", "person", "due_on", "rung"], name="one_notice_a_rung"
            ),
        ]
        indexes = [models.Index(fields=["user", "read_at", "-at"], name="notice_of_person")]


class Beat(models.Model):
    """后台任务最近一次结束的时间、做成的数量，或者失败的原因。被中断的一次不留痕迹，下一次补上。"""

    task = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    seconds = models.FloatField()
    made = models.PositiveIntegerField()
    problem = models.CharField(max_length=200, blank=True)
