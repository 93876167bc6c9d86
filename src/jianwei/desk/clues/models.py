"""Screening runs, the clues they found, and what people made of them."""

from __future__ import annotations

from django.db import models

from jianwei.desk.clues.triage import Reason, Status
from jianwei.desk.people.models import Office, User


class Grade(models.IntegerChoices):
    HIGH = 3, "高"
    MIDDLE = 2, "中"
    LOW = 1, "低"


class Run(models.Model):
    """一次筛查。序号按载入先后。"""

    run_id = models.CharField("运行标识", max_length=64, unique=True)
    as_of = models.DateField("截至日")
    loaded_at = models.DateTimeField("载入时间")
    found = models.PositiveIntegerField("线索数", default=0)
    manifest = models.JSONField("清单", default=dict)
    skipped = models.JSONField("未评价的模型", default=list)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "筛查运行"

    def __str__(self) -> str:
        return f"运行 #{self.pk}"


class Clue(models.Model):
    """一条线索。全文与证据在 ``ClueBody``，列表不读它。"""

    clue_id = models.CharField("线索标识", max_length=20, primary_key=True)
    model = models.CharField("模型", max_length=60, db_index=True)
    ref = models.CharField("模型编号", max_length=12)
    title = models.CharField("模型名称", max_length=60)
    line = models.CharField("业务条线", max_length=20)
    rank = models.PositiveIntegerField("名次")
    score = models.IntegerField("得分")
    grade = models.PositiveSmallIntegerField("等级", choices=Grade.choices)
    subject = models.TextField("对象")
    subject_key = models.CharField("对象标识", max_length=200, db_index=True)
    headline = models.TextField("要点")
    period = models.CharField("期间", max_length=60, blank=True)
    region = models.CharField("行政区划", max_length=6, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="管辖院")
    group = models.CharField("同一事项", max_length=64, blank=True, db_index=True)
    provisional = models.BooleanField("暂定", default=False)
    evidence_count = models.PositiveIntegerField("证据行数", default=0)
    digest = models.CharField("内容摘要", max_length=64)

    first_run = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name="首次发现")
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name="最近发现")
    vanished = models.BooleanField("本次未再现", default=False)
    changed = models.BooleanField("内容有变化", default=False)

    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.NEW)
    reason = models.CharField("不成案原因", max_length=12, choices=Reason.choices, blank=True)
    assignee = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="承办人")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="absorbed", verbose_name="并入")
    matter_no = models.CharField("成案的受案号", max_length=60, blank=True)
    outcome = models.CharField("办理结果", max_length=200, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = "线索"
        indexes = [
            models.Index(fields=["-grade", "-score", "clue_id"], name="clue_by_grade"),
            models.Index(fields=["status", "-grade", "-score"], name="clue_by_status"),
            models.Index(fields=["office", "status"], name="clue_by_office"),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return f"/clues/{self.clue_id}/"


class ClueBody(models.Model):
    """线索的全部内容，如运行写出的那样。"""

    clue = models.OneToOneField(Clue, models.CASCADE, primary_key=True, related_name="body")
    content = models.JSONField()


class Step(models.Model):
    """对线索作出的一次处理。只增不改。"""

    clue = models.ForeignKey(Clue, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=12)
    before = models.CharField(max_length=12, choices=Status.choices)
    after = models.CharField(max_length=12, choices=Status.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    target = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]


class Note(models.Model):
    """一条批注。只增不改。"""

    clue = models.ForeignKey(Clue, models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)

    class Meta:
        ordering = ["-id"]


class Answer(models.Model):
    """对一个“需人判断”的问题的回答。"""

    class Verdict(models.TextChoices):
        OPEN = "", "未判断"
        YES = "yes", "是"
        NO = "no", "否"
        UNSURE = "unsure", "查不清"

    clue = models.ForeignKey(Clue, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=200)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clue", "question"], name="one_answer_a_question")]
