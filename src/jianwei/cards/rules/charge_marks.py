"""罪名与案卡上的标记：国家安全、电信网络、黑社会性质组织、家庭与校园暴力、罪名表。"""

from __future__ import annotations

from jianwei.cards.card import Card
from jianwei.cards.law import GZ, RECORDING, SEPARATE, XF, XS
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite
from jianwei.law import charges as law

_TERROR = ("恐怖活动", "恐怖组织", "恐怖主义")


@rule(
    "C09",
    "基层院案卡填危害国家安全、恐怖活动罪名",
    on=Card,
    group=Group.CHARGE,
    severity=Severity.LOW,
    basis=(Cite(XS, "第二十一条第一项"), Cite(GZ, "第三百二十八条第二款")),
    needs=("charge",),
    helps=("charge_more",),
    says="{charge}，{charge_more}；此类第一审案件由中级人民法院管辖，请核对罪名有无选错",
    exceptions=(Lawful("city", "本院为分、州、市院", Cite(GZ, "第三百二十八条第一款")),),
)
def national_security_charge(card: Card, look: Look) -> Facts | None:
    for name in card.charges:
        found = law.find(name)
        if (found and found.chapter == "危害国家安全罪") or any(word in name for word in _TERROR):
            return {} if "虚假恐怖" not in name else None
    return None


_TRAFFIC = frozenset({"危险驾驶罪", "交通肇事罪"})
_ONLINE = ("信息网络犯罪活动", "非法利用信息网络", "计算机信息系统")


@rule(
    "C10",
    "仅涉危险驾驶、交通肇事却填利用电信网络实施犯罪",
    on=Card,
    group=Group.CHARGE,
    severity=Severity.HIGH,
    basis=(Cite(XF, "第一百三十三条"), Cite(XF, "第一百三十三条之一")),
    needs=("charge", "telecom"),
    helps=("charge_more",),
    says="{charge}，{charge_more}，而{telecom}",
)
def traffic_by_telecom(card: Card, look: Look) -> Facts | None:
    return {} if card.telecom and card.charges and card.charges <= _TRAFFIC else None


@rule(
    "C11",
    "网络犯罪罪名却填未利用电信网络",
    on=Card,
    group=Group.CHARGE,
    severity=Severity.MIDDLE,
    basis=(Cite(XF, "第二百八十五条至第二百八十七条之二"),),
    needs=("charge", "telecom"),
    helps=("charge_more",),
    says="{charge}，{charge_more}，而{telecom}",
)
def online_without_telecom(card: Card, look: Look) -> Facts | None:
    online = any(word in name for name in card.charges for word in _ONLINE)
    return {} if online and card.telecom is False else None


@rule(
    "C12",
    "黑社会性质组织罪名却填不涉及黑社会性质组织",
    on=Card,
    group=Group.CHARGE,
    severity=Severity.HIGH,
    basis=(Cite(XF, "第二百九十四条"),),
    needs=("charge", "triad"),
    helps=("charge_more",),
    says="{charge}，{charge_more}，而{triad}",
)
def triad_charge_denied(card: Card, look: Look) -> Facts | None:
    return {} if card.triad is False and any("黑社会性质组织" in name for name in card.charges) else None


@rule(
    "C13",
    "填涉及黑社会性质组织而全案无此罪名",
    on=Card,
    group=Group.CHARGE,
    severity=Severity.LOW,
    basis=(Cite(XF, "第二百九十四条"),),
    needs=("charge", "triad"),
    helps=("charge_more",),
    peers=True,
    says="{triad}，而本案审结罪名中没有黑社会性质组织犯罪：{charge}",
    exceptions=(Lawful("member", "组织的其他犯罪另案起诉", SEPARATE),),
)
def triad_without_charge(card: Card, look: Look) -> Facts | None:
    named = any("黑社会" in name for peer in look.peers for name in peer.charges)
    return {} if card.triad and card.charges and not named else None


_PERSONAL = "侵犯公民人身权利、民主权利罪"
_VIOLENT = ("寻衅滋事罪", "聚众斗殴罪", "故意毁坏财物罪", "抢劫罪", "敲诈勒索罪")


@rule(
    "C14",
    "填涉及家庭暴力、校园暴力而罪名无关",
    on=Card,
    group=Group.CHARGE,
    severity=Severity.LOW,
    basis=(Cite("中华人民共和国反家庭暴力法", "第二条", verified=False), RECORDING),
    needs=("charge", "violence"),
    helps=("charge_more",),
    says="{violence}，而{charge}，{charge_more}",
    exceptions=(Lawful("motive", "犯罪由家庭暴力、校园欺凌引发", RECORDING),),
)
def violence_without_charge(card: Card, look: Look) -> Facts | None:
    if not card.violence or "涉及" not in card.violence or "不涉及" in card.violence or not card.charges:
        return None
    fits = any(name in _VIOLENT or ((found := law.find(name)) and found.chapter == _PERSONAL) for name in card.charges)
    return None if fits else {}


@rule(
    "C15",
    "罪名不在现行罪名表",
    on=Card,
    group=Group.CHARGE,
    severity=Severity.LOW,
    basis=(Cite("最高人民法院关于执行《中华人民共和国刑法》确定罪名的规定", "及其补充规定", verified=False),),
    needs=("charge",),
    helps=("charge_more",),
    says="{charge}，{charge_more}；查无罪名“{unknown}”",
)
def unknown_charge(card: Card, look: Look) -> Facts | None:
    unknown = frozenset(name for name in card.charges if law.find(name) is None)
    return {"unknown": "、".join(sorted(unknown))} if unknown else None
