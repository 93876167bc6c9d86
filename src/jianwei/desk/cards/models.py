"""Checks of case cards, what they found, and what was accepted as lawful."""

from __future__ import annotations

from django.db import models

from jianwei.cards.finding import LOOK
from jianwei.desk.people.models import Office, User


class Check(models.Model):
    """一次案卡核查：谁在何时上传了什么，查到多少。"""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="所在院")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")
    at = models.DateTimeField("上传时间")
    as_of = models.DateField("核查之日")
    files = models.JSONField("文件", default=list)
    rows = models.JSONField("行数", default=dict)
    found = models.PositiveIntegerField("冲突", default=0)
    excused = models.PositiveIntegerField("依法例外", default=0)
    skipped = models.JSONField("未检查的规则", default=list)
    problems = models.JSONField("未读入的内容", default=list)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "案卡核查"

    def __str__(self) -> str:
        return f"核查 #{self.pk}"


class Acceptance(models.Model):
    """对一项冲突的接受：案号、人、规则、单元格都相同的才算。撤销后留存，不删除。"""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    case_no = models.CharField(max_length=200)
    person = models.CharField(max_length=200)
    rule = models.CharField(max_length=60)
    digest = models.CharField(max_length=16)
    reason = models.CharField("理由", max_length=500)
    listed = models.BooleanField("属所列例外", default=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "case_no", "person", "rule", "digest"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_acceptance_in_force",
            )
        ]


class Severity(models.IntegerChoices):
    HIGH = 3, "严重"
    MIDDLE = 2, "一般"
    LOW = 1, "提示"


class Finding(models.Model):
    """一项冲突。全文在 ``content``，列表不读它。"""

    check_run = models.ForeignKey(Check, models.CASCADE, related_name="findings", verbose_name="核查")
    number = models.PositiveIntegerField("序号")
    ref = models.CharField("规则", max_length=8)
    rule = models.CharField(max_length=60)
    title = models.CharField("名称", max_length=80)
    group = models.CharField("分组", max_length=8)
    severity = models.PositiveSmallIntegerField("程度", choices=Severity.choices)
    verdict = models.CharField("结论", max_length=8)
    export = models.CharField("案卡", max_length=8)
    row = models.PositiveIntegerField("行")
    case_no = models.CharField("部门受案号", max_length=200)
    case_name = models.CharField("案件名称", max_length=300, blank=True)
    person = models.CharField("嫌疑人", max_length=200)
    sentence = models.TextField("说明")
    digest = models.CharField(max_length=16)
    content = models.JSONField()
    acceptance = models.ForeignKey(
        Acceptance, models.SET_NULL, null=True, related_name="findings", verbose_name="已接受"
    )
    lapsed = models.BooleanField("此前接受过", default=False)

    @property
    def excusable(self) -> bool:
        """Whether the rule names an exception on which a person has still to decide."""
        return self.verdict == LOOK

    class Meta:
        ordering = ["number"]
        verbose_name = "案卡冲突"
        constraints = [models.UniqueConstraint(fields=["check_run", "number"], name="one_finding_a_number")]
        indexes = [models.Index(fields=["case_no", "person", "rule", "digest"], name="finding_by_cells")]
