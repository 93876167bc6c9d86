"""Documents, their versions, the register of numbers, service, replies, letterheads and the office's own templates."""

from __future__ import annotations

from django.db import models

from jianwei.desk.documents.flow import Status
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.models import Office, User


class Method(models.TextChoices):
    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"
    ENTRUSTED = "entrusted", "委托送达"
    POST = "post", "邮寄送达"
    ELECTRONIC = "electronic", "电子送达"
    PASSED = "passed", "转交送达"
    NOTICE = "notice", "公告送达"


class Answer(models.TextChoices):
    REPLY = "reply", "回复"
    ACCEPTED = "accepted", "采纳"
    PARTLY = "partly", "部分采纳"
    REFUSED = "refused", "不采纳"
    OBJECTION = "objection", "提出异议"
    RECEIPT = "receipt", "执行回执"


class Document(models.Model):
    """一份文书。``kind`` 是文书种类，全文在 ``Version``，列表不读它。"""

    kind = models.CharField("文书种类", max_length=60, db_index=True)
    title = models.CharField("文书名称", max_length=60)
    group = models.CharField("类别", max_length=12)
    about = models.CharField("案件或事项", max_length=200)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="制作院")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="documents", verbose_name="所属事项")
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DRAFT)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起草人")
    number = models.CharField("文号", max_length=80, blank=True)
    issued_on = models.DateField("签发日期", null=True)
    signer = models.CharField("签发人", max_length=40, blank=True)
    served_on = models.DateField("送达日期", null=True)
    reply_due_on = models.DateField("回复期限", null=True, db_index=True)
    reply_reasoning = models.TextField("回复期限的计算", blank=True)
    reply_notices = models.JSONField("期限提示", default=list)
    replied_on = models.DateField("收到回复日期", null=True)
    act = models.PositiveIntegerField("事项中的行为", null=True)
    """Place of the act of the matter that the issue is; null where none was recorded with it."""
    latest = models.PositiveIntegerField("最新版本", default=0)
    revision = models.PositiveIntegerField("修订", default=1)
    created_at = models.DateTimeField("起草时间")
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = "文书"
        indexes = [
            models.Index(fields=["office", "-updated_at"], name="document_by_office"),
            models.Index(fields=["-updated_at", "-id"], name="document_by_update"),
            models.Index(fields=["status", "reply_due_on"], name="document_by_reply"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.about}）"


class Version(models.Model):
    """文书的一个版本：填写的内容、Word 文件与屏幕上的样子。只增不改。"""

    class Origin(models.TextChoices):
        FILLED = "filled", "填写"
        UPLOADED = "uploaded", "上传"
        ISSUED = "issued", "签发"

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    n = models.PositiveIntegerField("版本号")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    why = models.CharField("说明", max_length=200, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    values = models.JSONField(default=dict)
    blocks = models.JSONField(default=list)
    gaps = models.JSONField(default=list)
    docx = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["document", "n"], name="one_document_version_a_number")]


class Rendering(models.Model):
    """一个版本的 PDF。可随时重做。"""

    version = models.OneToOneField(Version, models.CASCADE, primary_key=True, related_name="rendering")
    pdf = models.BinaryField()


class Entry(models.Model):
    """文号登记簿的一行。作废的号留在簿上，不再使用。"""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="院")
    year = models.PositiveSmallIntegerField("年")
    series = models.CharField("字号", max_length=20)
    n = models.PositiveIntegerField("序号")
    text = models.CharField("文号", max_length=80)
    document = models.OneToOneField(Document, models.PROTECT, related_name="entry")
    at = models.DateTimeField("取号时间")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    void_at = models.DateTimeField("作废时间", null=True)
    void_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_why = models.CharField("作废理由", max_length=200, blank=True)

    class Meta:
        ordering = ["-year", "series", "-n"]
        constraints = [models.UniqueConstraint(fields=["office", "year", "series", "n"], name="one_document_a_number")]


class Step(models.Model):
    """对文书作出的一次处理。只增不改。"""

    document = models.ForeignKey(Document, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=12)
    before = models.CharField(max_length=10, choices=Status.choices)
    after = models.CharField(max_length=10, choices=Status.choices)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]


class Service(models.Model):
    """一次送达。``received_on`` 是受送达人签收日期，没有签收的为空。"""

    document = models.ForeignKey(Document, models.CASCADE, related_name="services")
    recipient = models.CharField("受送达人", max_length=120)
    method = models.CharField("送达方式", max_length=12, choices=Method.choices, blank=True)
    sent_on = models.DateField("送出日期")
    received_on = models.DateField("签收日期", null=True)
    receipt = models.CharField("回证说明", max_length=200, blank=True)
    sent_act = models.PositiveIntegerField("事项中的发送行为", null=True)
    """Place of the act of the matter that the dispatch is; ``act`` of the one that the receipt is."""
    act = models.PositiveIntegerField("事项中的送达行为", null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]


class Received(models.Model):
    """收到的一次回复或者异议。"""

    document = models.ForeignKey(Document, models.CASCADE, related_name="replies")
    received_on = models.DateField("收到日期")
    nature = models.CharField("内容", max_length=10, choices=Answer.choices)
    text = models.TextField("摘要", max_length=4000)
    act = models.PositiveIntegerField("事项中的行为", null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]


class Letterhead(models.Model):
    """一院的院简称，文号以它开头。没有核定的按地名推定并提示。"""

    office = models.OneToOneField(Office, models.CASCADE, primary_key=True, related_name="letterhead")
    short = models.CharField("院简称", max_length=12, unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")


class OwnTemplate(models.Model):
    """一院自己的模板，代替随系统提供的。每次更换都是新的一行，最新的有效；空文件表示改回系统模板。"""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    docx = models.BinaryField()
    why = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["office", "kind"], name="template_of_office")]
