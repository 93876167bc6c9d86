"""Materials, what became of them, what was done with them, and what was shown of them."""

from __future__ import annotations

from django.db import models

from jianwei.desk.matters.models import Matter
from jianwei.desk.people.models import Office, User


class Stage(models.TextChoices):
    """走到哪一步。由存证日志得出，记在这里供列表筛选。"""

    RECEIVED = "received", "已接收"
    FIXED = "fixed", "已固定"
    WITNESSED = "witnessed", "已见证"
    STAMPED = "stamped", "已盖时间戳"
    ANCHORED = "anchored", "已锚定"
    ERASED = "erased", "已依法删除"


class Source(models.TextChoices):
    UPLOAD = "upload", "上传"
    DOCUMENT = "document", "签发文书"
    RECORDING = "recording", "录音录像"
    EXCHANGE = "exchange", "交换包"


class Material(models.Model):
    """存入日志的一份材料或者一个凭证。``id`` 就是日志里的编号；原件和说明在存证日志的文件夹里，这里只有列表要用的。"""

    id = models.CharField("存证编号", max_length=26, primary_key=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="存证院")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="materials", verbose_name="所属事项")
    kind = models.PositiveSmallIntegerField("记录种类", default=1)
    source = models.CharField("来源", max_length=10, choices=Source.choices)
    source_id = models.CharField("来源标识", max_length=80, blank=True)
    name = models.CharField("名称", max_length=200)
    media_type = models.CharField("格式", max_length=100, blank=True)
    category = models.CharField("证据种类", max_length=40, blank=True)
    size = models.BigIntegerField("字节数", null=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, db_index=True)
    sm3 = models.CharField("SM3", max_length=64, blank=True)
    case_ref = models.CharField("案件", max_length=200, blank=True)
    doc_no = models.CharField("文书编号", max_length=80, blank=True)
    collected_at = models.DateTimeField("自称提取时间", null=True)
    place = models.CharField("提取地点", max_length=200, blank=True)
    method = models.CharField("提取方法", max_length=200, blank=True)
    collectors = models.JSONField("提取人", default=list)
    holder = models.CharField("持有人、提供人", max_length=120, blank=True)
    witness_person = models.CharField("见证人", max_length=120, blank=True)
    device = models.CharField("设备或介质", max_length=200, blank=True)
    device_sig = models.TextField("设备端摘要或签名", max_length=2000, blank=True)
    note = models.CharField("说明", max_length=1000, blank=True)
    warnings = models.JSONField("提示", default=list)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="corrections", verbose_name="更正的记录"
    )
    stage = models.CharField("状态", max_length=10, choices=Stage.choices, default=Stage.RECEIVED)
    index = models.BigIntegerField("日志序号", null=True)
    proven_at = models.DateTimeField("可证明时间", null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="固证人")
    at = models.DateTimeField("接收时间")
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = "存证材料"
        indexes = [
            models.Index(fields=["-at", "-id"], name="material_by_time"),
            models.Index(fields=["office", "-at"], name="material_of_office"),
            models.Index(fields=["stage", "at"], name="material_by_stage"),
            models.Index(fields=["source", "source_id"], name="material_by_source"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/evidence/{self.pk}/"


class Upload(models.Model):
    """没有传完的一份文件。已收到多少以磁盘上的文件为准。传完存入日志后，这一行和文件都删除。"""

    id = models.CharField(max_length=26, primary_key=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField("文件名", max_length=200)
    size = models.BigIntegerField("字节数")
    media_type = models.CharField(max_length=100, blank=True)
    typed = models.JSONField("填写的内容", default=dict)

    class Meta:
        ordering = ["-at"]


class RequestKey(models.Model):
    """接口请求的幂等键：同一人、同一键、同一内容只存一次。"""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    material_id = models.CharField(max_length=26)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_a_key")]


class Custody(models.Model):
    """对一份材料做过的一次事。只增不改；依法删除时只抹去两个摘要。"""

    class Verb(models.TextChoices):
        FIXED = "fixed", "固证"
        LOOKED = "looked", "查看"
        SHOWN = "shown", "当庭示证"
        DOWNLOADED = "downloaded", "取出原件"
        READ = "read", "原件读出完毕"
        BUNDLED = "bundled", "取出存证包"
        PRINTED = "printed", "打印证明书"
        TRANSFERRED = "transferred", "移送"
        VERIFIED = "verified", "验真"
        CORRECTED = "corrected", "更正"
        BELONGED = "belonged", "归入事项"
        ASKED = "asked", "申请删除"
        KEPT = "kept", "不同意删除"
        ERASED = "erased", "依法删除"

    material = models.ForeignKey(Material, models.PROTECT, related_name="custody")
    verb = models.CharField("做了什么", max_length=12, choices=Verb.choices)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    purpose = models.CharField("目的", max_length=200, blank=True)
    recipient = models.CharField("接收人", max_length=200, blank=True)
    before = models.CharField("之前的 SHA-256", max_length=64, blank=True)
    after = models.CharField("之后的 SHA-256", max_length=64, blank=True)
    result = models.CharField("结果", max_length=200, blank=True)

    class Meta:
        ordering = ["id"]


class Verification(models.Model):
    """一次验真的结论。被验的文件不留。"""

    id = models.CharField("验真编号", max_length=26, primary_key=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    material = models.ForeignKey(Material, models.PROTECT, null=True, related_name="verifications")
    name = models.CharField("文件名", max_length=200)
    ok = models.BooleanField()
    step = models.CharField("没有通过的步骤", max_length=40, blank=True)
    report = models.JSONField(default=dict)
    in_log = models.BooleanField("已记入日志", default=False)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["office", "-at"], name="verification_of_office")]


class Erasure(models.Model):
    """一次依法删除：一人申请，另一人决定。"""

    class Outcome(models.TextChoices):
        OPEN = "", "待决定"
        DONE = "done", "已删除"
        REFUSED = "refused", "不同意"

    material = models.ForeignKey(Material, models.PROTECT, related_name="erasures")
    order_no = models.CharField("决定文号", max_length=80)
    reason = models.CharField("理由", max_length=500)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    why = models.CharField("不同意的理由", max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["material"], condition=models.Q(outcome=""), name="one_open_erasure_a_material"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="erasure_takes_two_persons",
            ),
        ]


class Inspection(models.Model):
    """对一院存证日志的一次全面检查，``findings`` 是不符之处。"""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    findings = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["office", "-at"], name="inspection_of_office")]


class Presentation(models.Model):
    """为一次开庭准备的示证清单。"""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="presentations")
    title = models.CharField("名称", max_length=120)
    hearing_on = models.DateField("开庭日期", null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    updated_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-updated_at", "-id"]


class Exhibit(models.Model):
    """清单里的一份：第几、证明什么、谁提供。"""

    presentation = models.ForeignKey(Presentation, models.CASCADE, related_name="exhibits")
    material = models.ForeignKey(Material, models.PROTECT, related_name="+")
    place = models.PositiveIntegerField("次序")
    proves = models.CharField("证明目的", max_length=500, blank=True)
    holder = models.CharField("提供人", max_length=120, blank=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["presentation", "material"], name="one_exhibit_a_material")]
