"""The form of 固证: what is typed, read field by field; what was typed stays."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from jianwei.desk.evidence import categories
from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import Acting

METHODS = (
    "扣押、封存原始存储介质", "现场提取", "网络在线提取", "远程勘验", "冻结", "打印、拍照、录像", "调取", "持有人、提供人提交", "接收移送",
)  # fmt: skip
MOST_COLLECTORS = 10
TWO = "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》第一百一十二条第一项"
WITNESS = "同条第三项"
_BETWEEN = re.compile(r"[、，,;；\s]+")


class FixForm(forms.Form):
    """Who collected what, where, when and how. ``warnings`` is what is let through, but said."""

    matter = forms.CharField(
        label="受案号", max_length=80, required=False, help_text="所属事项。尚未受理的，填写案件名称。"
    )
    case_ref = forms.CharField(label="案件", max_length=200, required=False)
    name = forms.CharField(label="材料名称", max_length=200, required=False, help_text="不填则用文件名。")
    category = forms.ChoiceField(label="证据种类", choices=lambda: [("", "请选择"), *categories.choices()])
    doc_no = forms.CharField(
        label="文书编号", max_length=80, required=False, help_text="笔录、清单、调取证据通知书等的编号。"
    )
    collected_at = forms.CharField(
        label="提取时间", max_length=40, help_text="例如 2026-11-22 09:30。这是提取人所述的时间，日志另行证明存入时间。"
    )
    place = forms.CharField(label="提取地点", max_length=200)
    method = forms.CharField(label="提取方法", max_length=200)
    collectors = forms.CharField(label="提取人", max_length=400, help_text="办案人员二名以上，用顿号分隔。")
    alone_why = forms.CharField(label="少于二名办案人员的原因", max_length=200, required=False)
    holder = forms.CharField(label="持有人、提供人", max_length=120, required=False)
    witness_person = forms.CharField(label="见证人", max_length=120, required=False)
    device = forms.CharField(
        label="设备或原始存储介质", max_length=200, required=False, help_text="型号、序列号、取证软件及版本。"
    )
    device_sig = forms.CharField(
        label="设备端摘要或签名", max_length=2000, required=False, help_text="取证设备给出的 SHA-256、SM3 或者签名，原样填写。"
    )  # fmt: skip
    note = forms.CharField(label="说明", max_length=1000, required=False, widget=forms.Textarea)

    def __init__(self, who: Acting, data: Any = None) -> None:
        super().__init__(data)
        self.who = who
        self.warnings: list[str] = []
        for field in self.fields.values():
            verb = "选择" if isinstance(field, forms.ChoiceField) else "填写"
            field.error_messages["required"] = f"请{verb}{field.label}。"

    def clean_matter(self) -> Any:
        number = str(self.cleaned_data["matter"]).strip()
        if not number:
            return None
        found = matters.by_number(self.who, number)
        if found is None:
            raise ValidationError("没有这个受案号的事项，或不在您的管辖范围内。")
        if not matters.writable(self.who, found):
            raise ValidationError(f"该事项由{found.office.name}办理，您可以查看，不能为它固证。")
        return found

    def clean_collected_at(self) -> dt.datetime:
        typed = str(self.cleaned_data["collected_at"]).strip()
        try:
            moment = dt.datetime.fromisoformat(typed.replace("/", "-").replace("：", ":"))
        except ValueError as error:
            raise ValidationError("写成 2026-11-22 09:30 的样子。") from error
        if len(typed) <= 10:
            raise ValidationError("请写到时、分，例如 2026-11-22 09:30。")
        if timezone.is_naive(moment):
            moment = timezone.make_aware(moment)
        if moment > self.who.at + dt.timedelta(minutes=10):
            raise ValidationError("提取时间晚于现在。请核对日期，或核对取证设备的时钟。")
        if moment.year < 1990:
            raise ValidationError("提取时间早于 1990 年。请核对年份。")
        return moment

    def clean_collectors(self) -> list[str]:
        names = [name for name in _BETWEEN.split(str(self.cleaned_data["collectors"])) if name]
        if not names:
            raise ValidationError("请填写提取人。")
        if len(names) > MOST_COLLECTORS or any(len(name) > 40 for name in names):
            raise ValidationError(f"至多 {MOST_COLLECTORS} 人，每个姓名不超过 40 字，用顿号分隔。")
        if len(set(names)) < len(names):
            raise ValidationError("同一个姓名填了两次。")
        return names

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "matter" in found and not found["matter"] and not found.get("case_ref"):
            self.add_error("case_ref", "受案号和案件至少填一项。")
        if len(found.get("collectors", ())) == 1:
            why = str(found.get("alone_why", "")).strip()
            if not why:
                self.add_error(
                    "alone_why",
                    f"收集、提取电子数据应当由二名以上办案人员进行（{TWO}）。确只有一人的，写明原因后可以固证，证明书上会注明。",
                )
            self.warnings.append(f"提取人只有一人（{TWO}要求二名以上）。原因：{why}")
        if not found.get("witness_person"):
            self.warnings.append(f"没有记录见证人。法庭会审查是否由符合条件的人员担任见证人、是否录像（{WITNESS}）。")
        return found


def problems(form: forms.Form) -> dict[str, str]:
    """One sentence a field, for pages and for the interface."""
    return {name: " ".join(str(one) for one in errors) for name, errors in form.errors.items()}


def typed(form: FixForm) -> dict[str, Any]:
    """What was typed and is sound, as plain JSON: kept with an upload until the file is there."""
    kept = {name: form.cleaned_data[name] for name in form.fields}
    matter = kept.pop("matter")
    kept["collected_at"] = kept["collected_at"].isoformat()
    return kept | {"matter": matter.number if matter else "", "collectors": "、".join(kept["collectors"])}
