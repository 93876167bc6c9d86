"""Recordings in the log, moments noted in them, those being made in a browser, and files that wait in the drop folder."""

from __future__ import annotations

from django.db import models

from jianwei.desk.evidence.models import Material
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.models import Office, User


class Door(models.TextChoices):
    FOLDER = "folder", "设备导出"
    BROWSER = "browser", "浏览器录制"


class Recording(models.Model):
    """一份录音录像。文件、摘要和首次固定时的说法在存证日志，归入哪个事项在材料上；这里是日志不问的。"""

    material = models.OneToOneField(Material, models.PROTECT, primary_key=True, related_name="recording")
    door = models.CharField("怎样来的", max_length=8, choices=Door.choices)
    purpose = models.CharField("用途", max_length=20, blank=True)
    present = models.JSONField("其他在场人员", default=list)
    ended_at = models.DateTimeField("结束时间", null=True)
    seconds = models.PositiveIntegerField("时长（秒）", null=True)
    broken = models.BooleanField("中断", default=False)
    completes = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="completed", verbose_name="补全的中断录音录像"
    )
    session = models.CharField("哪一次录制", max_length=26, blank=True, db_index=True)
    differs = models.BooleanField("与设备端摘要不符", default=False)
    settled = models.CharField("怎样核对的", max_length=300, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    copies = models.JSONField("导出文件夹中的原文件", default=list)

    class Meta:
        verbose_name = "录音录像"

    def __str__(self) -> str:
        return self.material.name

    def get_absolute_url(self) -> str:
        return f"/recordings/{self.pk}/"


class Mark(models.Model):
    """一处标记：录到第几秒时怎样。只增不改；录音录像依法删除时只抹去文字。"""

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="marks")
    second = models.PositiveIntegerField("第几秒")
    text = models.CharField("说明", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("标记时间")

    class Meta:
        ordering = ["second", "id"]


class Session(models.Model):
    """浏览器里的一次录制，未存入日志之前。``received`` 以内的内容已经落盘；存入后这一行和文件都删除。"""

    id = models.CharField(max_length=26, primary_key=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("开始时间")
    heard_at = models.DateTimeField("最后收到内容的时间", db_index=True)
    received = models.BigIntegerField("已收到的字节数", default=0)
    size = models.BigIntegerField("停止时的总字节数", null=True)
    ended_at = models.DateTimeField("停止时间", null=True)
    seconds = models.PositiveIntegerField("时长（秒）", null=True)
    fixed = models.BigIntegerField("中断后已存入日志的字节数", default=0)
    purpose = models.CharField(max_length=20)
    officers = models.JSONField(default=list)
    present = models.JSONField(default=list)
    place = models.CharField(max_length=200)
    device = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=40)

    class Meta:
        ordering = ["-at"]


class Arrival(models.Model):
    """导出文件夹里的一个文件，存入日志并移走之前：上一轮看到时是什么样子，为什么还没有存入。"""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    key = models.CharField("文件名的摘要", max_length=64)
    name = models.CharField("文件名", max_length=300)
    looks = models.CharField("大小和修改时间", max_length=200)
    size = models.BigIntegerField("字节数", null=True)
    since = models.DateTimeField("从何时起没有变化")
    tried_at = models.DateTimeField("上次尝试", null=True)
    problem = models.CharField("为什么没有存入", max_length=400, blank=True)
    material = models.ForeignKey(Material, models.PROTECT, null=True, related_name="+", verbose_name="已存入，尚未移走")

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["office", "key"], name="one_arrival_a_file")]
