"""What people take, whom they must avoid, when they are away; the draws; and tables of received cases."""

from __future__ import annotations

from django.db import models

from jianwei.desk.matters.models import Matter
from jianwei.desk.people.models import Office, User


class Expertise(models.Model):
    """某人承办的一类案件：条线、程序、罪名或案由的关键词，空白表示不限。没有登记的人视为均可承办。"""

    user = models.ForeignKey(User, models.CASCADE, related_name="expertise")
    line = models.CharField("条线", max_length=20, blank=True)
    procedure = models.CharField("程序", max_length=60, blank=True)
    about = models.CharField("罪名或案由含有", max_length=40, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "专长"
        ordering = ["user", "line", "procedure", "about"]
        constraints = [
            models.UniqueConstraint(fields=["user", "line", "procedure", "about"], name="one_expertise_a_kind")
        ]


class Recusal(models.Model):
    """某人须回避的人、律师或者事项，附事由。解除不删除，写明何时何人解除。"""

    class What(models.TextChoices):
        PERSON = "person", "当事人"
        LAWYER = "lawyer", "律师或代理人"
        MATTER = "matter", "某一事项"

    user = models.ForeignKey(User, models.CASCADE, related_name="recusals")
    what = models.CharField("回避对象", max_length=10, choices=What.choices)
    name = models.CharField("姓名、名称或受案号", max_length=80)
    ground = models.CharField("事由", max_length=20)
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField("解除时间", null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_why = models.CharField("解除理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "回避"
        ordering = ["-id"]


class Absence(models.Model):
    """某人不参加分案的一段时间。``until_on`` 为空表示到另行登记为止。"""

    class Why(models.TextChoices):
        LEAVE = "leave", "休假"
        SICK = "sick", "病假"
        SENT = "sent", "借调、挂职"
        TRAINING = "training", "培训"
        PAUSED = "paused", "停止分案"
        OTHER = "other", "其他"

    user = models.ForeignKey(User, models.CASCADE, related_name="absences")
    from_on = models.DateField("自")
    until_on = models.DateField("至", null=True)
    why = models.CharField("原因", max_length=10, choices=Why.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    cancelled_at = models.DateTimeField("取消时间", null=True)

    class Meta:
        verbose_name = "不参加分案"
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="absence_ends_after_it_begins",
            )
        ]


class Draw(models.Model):
    """一次分案。只增不改，数据库也拒绝修改和删除。池、被排除的人及理由、种子和结果都在，可以复算。"""

    class Way(models.TextChoices):
        RANDOM = "random", "随机分案"
        NAMED = "named", "指定分案"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    number = models.CharField("受案号", max_length=60)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    way = models.CharField("方式", max_length=10, choices=Way.choices)
    first = models.BooleanField("首次分案")
    seq = models.PositiveIntegerField("分案行为的序号")
    pool = models.JSONField("候选人")
    """``[{"username", "name", "load"}, …]`` in the order of log-in names; ``load`` is the number of own open matters."""
    left_out = models.JSONField("未列入的人及理由")
    """``[{"username", "name", "whys": […]}, …]``."""
    seed = models.CharField("种子", max_length=64, blank=True)
    version = models.CharField("抽取办法版本", max_length=10)
    outcome = models.CharField("承办人登录名", max_length=40)
    outcome_name = models.CharField("承办人", max_length=40)
    why = models.CharField("理由", max_length=400, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "分案记录"
        ordering = ["-id"]
        indexes = [models.Index(fields=["office", "-at"], name="draw_of_office")]
        constraints = [models.UniqueConstraint(fields=["matter", "seq"], name="one_draw_an_act")]


class Batch(models.Model):
    """一份上传的收案表。"""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    file = models.CharField("文件", max_length=120)
    procedure = models.CharField("程序", max_length=60)
    kind = models.CharField("受理行为", max_length=60)
    unread = models.JSONField("没有用上的列", default=list)

    class Meta:
        verbose_name = "收案表"
        ordering = ["-id"]


class Row(models.Model):
    """收案表的一行：填写的内容、错误，受理之后的事项。一行只受理一次。"""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    n = models.PositiveIntegerField("行号")
    typed = models.JSONField("填写的内容")
    on = models.CharField("受理日期", max_length=40, blank=True)
    title = models.CharField("名称", max_length=200, blank=True)
    department = models.CharField("承办部门", max_length=40, blank=True)
    restriction = models.CharField("知悉范围", max_length=20, blank=True)
    errors = models.JSONField("错误", default=dict)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    number = models.CharField("受案号", max_length=60, blank=True)

    class Meta:
        ordering = ["n"]
        constraints = [models.UniqueConstraint(fields=["batch", "n"], name="one_row_a_number")]
