"""Matters, their acts, and what is derived from the acts and kept beside them for lists and the calendar."""

from __future__ import annotations

import datetime as dt

from django.db import models

from jianwei.desk.clues.models import Clue
from jianwei.desk.people.models import Office, User

NEVER = dt.date.max
"""The last day of a matter that has none: sorts behind every other."""


class Restriction(models.TextChoices):
    """谁能看：不受限的事项本院及上级院可见；受限的只有承办人、部门负责人和名单上的人可见。"""

    NONE = "", "不受限"
    JUVENILE = "juvenile", "未成年人案件"
    SEALED = "sealed", "依法封存"
    SECRET = "secret", "限定知悉范围"


class Matter(models.Model):
    """一个事项。所做的一切在 ``acts``；标明“推导”的列由行为推导而来，可随时重建。"""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="承办院")
    procedure = models.CharField("程序", max_length=60)
    line = models.CharField("业务条线", max_length=20)
    case_type = models.CharField("案件类别", max_length=40)
    number = models.CharField("受案号", max_length=60, unique=True)
    title = models.CharField("名称", max_length=200)
    department = models.CharField("承办部门", max_length=40, blank=True)
    restriction = models.CharField("知悉范围", max_length=10, choices=Restriction.choices, blank=True)
    seq = models.PositiveIntegerField("行为数", default=0)
    updated_at = models.DateTimeField("更新时间", db_index=True)

    handler = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="承办人（推导）")
    opened_on = models.DateField("受理日（推导）")
    closed_on = models.DateField("办结日（推导）", null=True)
    closed = models.BooleanField("已办结（推导）", default=False)
    stage = models.CharField("阶段（推导）", max_length=40)
    stage_on = models.DateField("进入阶段之日（推导）", null=True)
    due_on = models.DateField("本院最近届满日（推导）", default=NEVER)
    custody_due_on = models.DateField("羁押期限最近届满日（推导）", null=True)
    case_due_on = models.DateField("办案期限最近届满日（推导）", null=True)
    others_due_on = models.DateField("对方期限最近届满日（推导）", null=True)
    missing = models.BooleanField("缺少输入（推导）", default=False)
    suspended = models.BooleanField("中止计算（推导）", default=False)

    class Meta:
        verbose_name = "事项"
        indexes = [
            models.Index(fields=["due_on", "id", "closed", "office", "restriction", "handler"], name="matter_by_due"),
            models.Index(fields=["office", "closed", "due_on", "id"], name="matter_of_office"),
            models.Index(fields=["handler", "closed", "due_on"], name="matter_of_handler"),
            models.Index(
                fields=[
                    "closed",
                    "procedure",
                    "stage",
                    "due_on",
                    "missing",
                    "suspended",
                    "office",
                    "restriction",
                    "handler",
                ],
                name="matter_tally",
            ),
            models.Index(fields=["-opened_on", "-id"], name="matter_by_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return f"/matters/{self.pk}/"


class ActRow(models.Model):
    """一次办案行为。只增不改，数据库也拒绝修改和删除；更正是另一次行为。"""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="acts")
    seq = models.PositiveIntegerField("序号")
    kind = models.CharField("行为", max_length=60)
    on = models.DateField("日期")
    time_of_day = models.TimeField("时分", null=True)
    facts = models.JSONField("事实", default=dict)
    version = models.CharField("程序版本", max_length=20)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")
    recorded_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = "办案行为"
        ordering = ["matter_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["matter", "seq"], name="one_act_a_place")]
        indexes = [models.Index(fields=["on"], name="act_by_day")]


class MatterClock(models.Model):
    """一段期限（推导）。存的是起算、届满和已定的状态；余几日、是否超期取决于今天，只在查询时算。"""

    class Status(models.TextChoices):
        RUNNING = "running", "计算中"
        WAITING = "waiting", "待届满"
        SUSPENDED = "suspended", "中止计算"
        MISSING = "missing", "缺少输入"
        IN_TIME = "in_time", "已按期"
        LATE = "late", "逾期办结"
        STOPPED = "stopped", "已终止计算"
        FORBIDDEN = "forbidden", "依法不能"

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="clocks")
    place = models.PositiveIntegerField("次序")
    clock = models.CharField("期限", max_length=60)
    title = models.CharField("名称", max_length=80)
    kind = models.CharField("种类", max_length=10)
    """Name of a ``ClockKind`` in lower case: custody, case, notice, others."""
    person = models.CharField("何人", max_length=80, blank=True)
    status = models.CharField("状态", max_length=10, choices=Status.choices)
    past = models.BooleanField("已重新计算", default=False)
    start_on = models.DateField("起算日", null=True)
    due_on = models.DateField("届满日", null=True)
    due_at = models.DateTimeField("届满时分", null=True)
    other_due_on = models.DateField("另一种算法的届满日", null=True)
    ended_on = models.DateField("办结或终止之日", null=True)
    missing = models.CharField("所缺事实", max_length=40, blank=True)
    cite = models.CharField("依据", max_length=200, blank=True)
    verified = models.BooleanField("已核对原文", default=True)
    firm = models.BooleanField("节假日已公布", default=True)

    class Meta:
        verbose_name = "期限"
        ordering = ["matter_id", "place"]
        constraints = [models.UniqueConstraint(fields=["matter", "place"], name="one_clock_a_place")]
        indexes = [models.Index(fields=["status", "due_on"], name="clock_by_due")]


class Party(models.Model):
    """一名当事人（推导）：受理时列明的人，加上登记的当事人。"""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="parties")
    place = models.PositiveIntegerField("次序")
    name = models.CharField("姓名或名称", max_length=80, db_index=True)
    role = models.CharField("身份", max_length=40)
    kind = models.CharField("种类", max_length=10, blank=True)
    born_on = models.DateField("出生日期", null=True)
    held = models.BooleanField("在押", null=True)

    class Meta:
        verbose_name = "当事人"
        ordering = ["matter_id", "place"]
        constraints = [models.UniqueConstraint(fields=["matter", "place"], name="one_party_a_place")]


class Link(models.Model):
    """与另一事项或一条线索的关联。线索的证据在关联时抄录，线索日后变化不影响它。"""

    class Kind(models.TextChoices):
        FROM_CLUE = "from_clue", "由线索成案"
        LED_TO = "led_to", "由本事项引起"
        RELATED = "related", "关联"

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="links")
    other = models.ForeignKey(Matter, models.CASCADE, null=True, related_name="linked_from")
    clue = models.ForeignKey(Clue, models.PROTECT, null=True, related_name="+")
    kind = models.CharField("关联种类", max_length=10, choices=Kind.choices)
    note = models.CharField("说明", max_length=200, blank=True)
    carried = models.JSONField("抄录的线索内容", default=dict)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(other__isnull=False, clue__isnull=True)
                | models.Q(other__isnull=True, clue__isnull=False),
                name="link_has_one_end",
            ),
            models.UniqueConstraint(fields=["matter", "other"], name="one_link_a_matter"),
            models.UniqueConstraint(fields=["matter", "clue"], name="one_link_a_clue"),
        ]


class Access(models.Model):
    """列入名单的人：不论在哪个院，都可以看（``writes`` 则也可以办）。"""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="access")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    writes = models.BooleanField("可以办理", default=False)
    why = models.CharField("理由", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["matter", "user"], name="one_access_a_person")]
        indexes = [models.Index(fields=["user", "matter"], name="access_of_person")]


class Handover(models.Model):
    """一次向其他人民检察院的移送。一个事项同时只有一次等待接收；接收以后由接收院办理，移送院只能查看。"""

    class State(models.TextChoices):
        WAITING = "waiting", "待接收"
        TAKEN = "taken", "已接收"
        RETURNED = "returned", "已退回"
        RECALLED = "recalled", "已撤回"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="handovers", verbose_name="事项")
    sender = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="移送院")
    receiver = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="受移送院")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    number = models.CharField("原受案号", max_length=60, db_index=True)
    act = models.CharField("所据行为", max_length=60, blank=True)
    """Key of the act of the procedure by which the matter moves; "" where it declares none."""
    why = models.CharField("移送理由", max_length=400, blank=True)
    sent_on = models.DateField("移送日期")
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="移送人")
    sent_at = models.DateTimeField("移送时间")
    answered_on = models.DateField("接收或退回日期", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="接收人")
    answer = models.CharField("退回理由", max_length=400, blank=True)
    became = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+", verbose_name="接收院的事项")
    """The matter that the receiver began with it, where the sender's ended; else None: the matter itself moved."""

    class Meta:
        verbose_name = "移送"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(state="waiting"), name="one_waiting_handover_a_matter"
            )
        ]
        indexes = [
            models.Index(fields=["receiver", "state"], name="handover_to_office"),
            models.Index(fields=["sender", "state"], name="handover_from_office"),
        ]

    def __str__(self) -> str:
        return f"{self.number}　{self.sender.name}移送{self.receiver.name}"

    def get_absolute_url(self) -> str:
        return f"/matters/handovers/{self.pk}/"


class Sequence(models.Model):
    """一个院、一年、一个字号已用到几号。号在领用的同一事务里增加，因此不跳号。"""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    word = models.CharField(max_length=40)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "year", "word"], name="one_sequence_a_word")]


class Rebuild(models.Model):
    """一次重建进行到哪里；同一版本的重建中断后从这里继续。"""

    stamp = models.CharField(max_length=64, unique=True)
    last_id = models.BigIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
