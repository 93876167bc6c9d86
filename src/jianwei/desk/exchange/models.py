"""Organs outside, packages sent, packages received, and what each holds."""

from __future__ import annotations

from django.db import models

from jianwei.desk.documents.models import Version
from jianwei.desk.evidence.models import Material
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.models import Office, User


class Kind(models.TextChoices):
    POLICE = "police", "公安机关"
    COURT = "court", "人民法院"
    SUPERVISION = "supervision", "监察机关"
    ADMINISTRATION = "administration", "行政机关"
    PROCURATORATE = "procuratorate", "人民检察院"
    JUSTICE = "justice", "司法行政机关"
    OTHER = "other", "其他单位"


class Counterpart(models.Model):
    """本系统以外的单位，以及对它的日志的信任策略。没有策略的，只能向它移送、由人登记签收，不能核验它的包和回执。"""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="登记的检察院")
    code = models.CharField("单位代码", max_length=30)
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("种类", max_length=16, choices=Kind.choices)
    origin = models.CharField("日志名称", max_length=120, blank=True)
    policy = models.TextField("信任策略", blank=True)
    policy_sm = models.TextField("国密信任策略", blank=True)
    roots = models.TextField("时间戳根证书", blank=True)
    note = models.CharField("取得和核对的经过", max_length=300, blank=True)
    active = models.BooleanField("启用", default=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = "移送单位"
        ordering = ["kind", "code"]
        constraints = [models.UniqueConstraint(fields=["office", "code"], name="one_counterpart_a_code")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/exchange/counterparts/{self.pk}/"


class State(models.TextChoices):
    MADE = "made", "待送出"
    SENT = "sent", "待回执"
    ACCEPTED = "accepted", "已签收"
    RETURNED = "returned", "已退回"


class Package(models.Model):
    """发出的一个移送包。清单是存证日志里一条“交换包”记录的原件；``pending`` 是还没有存入日志的清单。"""

    id = models.CharField("包号", max_length=26, primary_key=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="移送院")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="packages", verbose_name="事项")
    to_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    counterpart = models.ForeignKey(Counterpart, models.PROTECT, null=True, related_name="+")
    recipient_code = models.CharField("接收单位代码", max_length=30)
    recipient_name = models.CharField("接收单位", max_length=80)
    number = models.PositiveIntegerField("序号")
    purpose = models.CharField("移送事由", max_length=200)
    reply_by = models.DateField("请于何日前回执")
    unwitnessed = models.BooleanField("没有外部签名也送出", default=False)
    sha256 = models.CharField("清单的 SHA-256", max_length=64)
    pending = models.BinaryField(null=True)
    record = models.ForeignKey(Material, models.PROTECT, null=True, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.MADE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("制作时间")
    sent_at = models.DateTimeField("送出时间", null=True)
    answered_at = models.DateTimeField("回执时间", null=True)
    answered_by = models.CharField("签收人", max_length=120, blank=True)
    answer_code = models.CharField("退回码", max_length=4, blank=True)
    answer_why = models.CharField("对方说明", max_length=500, blank=True)
    receipt_id = models.CharField("对方回执的存证编号", max_length=26, blank=True)
    answer = models.ForeignKey(
        Material, models.PROTECT, null=True, related_name="+", verbose_name="回执在本院日志中的记录"
    )
    by_hand = models.BooleanField("人工登记的回执", default=False)
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = "移送包"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["office", "-at"], name="package_of_office"),
            models.Index(fields=["state", "reply_by"], name="package_by_reply"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["office", "recipient_code", "number"], name="one_package_a_number"),
            models.CheckConstraint(
                condition=models.Q(to_office__isnull=False, counterpart__isnull=True)
                | models.Q(to_office__isnull=True, counterpart__isnull=False),
                name="package_has_one_recipient",
            ),
        ]

    def __str__(self) -> str:
        return f"致{self.recipient_name}第{self.number}号移送包"

    def get_absolute_url(self) -> str:
        return f"/exchange/{self.pk}/"


class Item(models.Model):
    """发出的一件：材料、签发的文书，或者随包生成的摘要（``content``）。"""

    package = models.ForeignKey(Package, models.CASCADE, related_name="items")
    place = models.PositiveIntegerField("次序")
    path = models.CharField("包内路径", max_length=160)
    sort = models.CharField("类别", max_length=10)
    title = models.CharField("名称", max_length=200)
    media_type = models.CharField("格式", max_length=100)
    number = models.CharField("文号", max_length=80, blank=True)
    size = models.BigIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    sm3 = models.CharField("SM3", max_length=64)
    material = models.ForeignKey(Material, models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["package", "place"], name="one_sent_item_a_place")]


class Arrival(models.Model):
    """没有传完的一个移送包。已收到多少以磁盘上的文件为准。"""

    id = models.CharField(max_length=26, primary_key=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField("文件名", max_length=200)
    size = models.BigIntegerField("字节数")

    class Meta:
        ordering = ["-at"]


class Stand(models.TextChoices):
    WAITING = "waiting", "待开启"
    CHECKED = "checked", "待答复"
    ACCEPTED = "accepted", "已签收"
    RETURNED = "returned", "已退回"


class Received(models.Model):
    """收到的一个移送包。来源得到证明的才有这一行；收到和答复各自写入本院的存证日志。"""

    id = models.CharField("包号", max_length=26, primary_key=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="接收院")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="received_packages")
    package = models.OneToOneField(Package, models.PROTECT, null=True, related_name="received")
    sender_code = models.CharField("移送单位代码", max_length=30)
    sender_name = models.CharField("移送单位", max_length=80)
    origin = models.CharField("移送单位的日志", max_length=120)
    number = models.PositiveIntegerField("序号")
    purpose = models.CharField("移送事由", max_length=200)
    case_number = models.CharField("对方受案号", max_length=60, blank=True)
    case_title = models.CharField("对方事项", max_length=200, blank=True)
    restricted = models.BooleanField("限定知悉范围", default=False)
    made_at = models.DateTimeField("对方制作时间")
    reply_by = models.DateField("请于何日前回执", null=True)
    sha256 = models.CharField("清单的 SHA-256", max_length=64)
    manifest = models.JSONField("清单", default=dict)
    findings = models.JSONField("核验发现", default=list)
    barred = models.BooleanField("核验不通过", default=False)
    proof = models.JSONField("对方日志中的位置", default=dict)
    state = models.CharField("状态", max_length=10, choices=Stand.choices)
    record = models.ForeignKey(Material, models.PROTECT, null=True, related_name="+")
    receipt = models.ForeignKey(Material, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="接收人")
    at = models.DateTimeField("收到时间")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    answered_at = models.DateTimeField("答复时间", null=True)
    answer_code = models.CharField("退回码", max_length=4, blank=True)
    answer_why = models.CharField("说明", max_length=500, blank=True)
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = "收到的移送包"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["office", "-at"], name="received_of_office"),
            models.Index(fields=["office", "origin", "number"], name="received_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.sender_name}第{self.number}号移送包"

    def get_absolute_url(self) -> str:
        return f"/exchange/in/{self.pk}/"


class Taken(models.Model):
    """收到的一件。签收后成为本院的材料；``proof`` 是对方存证包里原件以外的成员，与原件合在一起即还原该存证包。"""

    received = models.ForeignKey(Received, models.CASCADE, related_name="items")
    place = models.PositiveIntegerField("次序")
    path = models.CharField("包内路径", max_length=160)
    material_id_ahead = models.CharField("签收后的存证编号", max_length=26, blank=True)
    material = models.ForeignKey(Material, models.PROTECT, null=True, related_name="+")
    proof = models.BinaryField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["received", "place"], name="one_received_item_a_place")]
