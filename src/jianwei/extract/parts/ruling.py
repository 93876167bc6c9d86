"""The ruling: its outcome, and the sums it decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jianwei.extract.judgment import Amount
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.money import MONEY, amounts, fen_of
from jianwei.extract.text import Doc, sentence_start

_FEE = re.compile(r"受理费|诉讼费|申请费|执行费|公告费|保全费|鉴定费")
_COSTS = re.compile(r"受理费|诉讼费|申请费|保全费|如未按|如果未按|若未按|如不服|判决为终审|裁定为终审")
_ITEM = re.compile(
    r"(?:^|[\n。；：])[ ]?(?=[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[、.．]|（[一二三四五六七八九十0-9]{1,2}）)|\n"
)
_JOINED = re.compile(r"[、及和][^，。；、：（）0-9元]{1,14}")
_BASE = re.compile(r"(?:(?<![予可足所加据])以|按|其中)[^，。；、]{0,12}$")
_OWED = re.compile(r"(?:尚欠|欠款|结欠)[^，。；、]{0,14}$")
_TOTAL = re.compile(r"(?:共计|合计|总计|共|总额|总共)[^，。；0-9]{0,8}$")
_AFTER_BASE = re.compile(r"为(?:基数|本金|基准|限|标准)|的?(?:部分|范围|限额)内")
_OUTCOMES = (
    (re.compile(r"准(?:许|予)[^。；\n]{0,60}?(?:撤回|撤诉)|按[^。；\n]{0,20}撤(?:诉|回)[^。；\n]{0,10}处理"), "准许撤诉"),
    (re.compile(r"按[^。]{0,8}自动撤回"), "按撤诉处理"),
    (re.compile(r"驳回上诉"), "驳回上诉，维持原判"),
    (re.compile(r"驳回[^。；\n]{0,80}?(?:再审申请|申诉)"), "驳回再审申请"),
    (re.compile(r"驳回[^。；\n]{0,60}?(?:的)?(?:起诉)"), "驳回起诉"),
    (re.compile(r"不予受理|不予立案"), "不予受理"),
    (re.compile(r"移送[^。\n]{0,40}?(?:处理|审理|管辖)|指定[^。\n]{0,40}?管辖"), "移送管辖"),
    (re.compile(r"终结[^。；\n]{0,60}?本次执行"), "终结本次执行程序"),
    (re.compile(r"终结[^。；\n]{0,90}?执行"), "终结执行"),
    (re.compile(r"终结[^。；\n]{0,30}?(?:诉讼|督促程序|审查|程序)"), "终结诉讼"),
    (re.compile(r"中止[^。；\n]{0,60}?(?:执行)"), "中止执行"),
    (re.compile(r"中止[^。；\n]{0,30}?诉讼"), "中止诉讼"),
    (re.compile(r"不予执行|不准予?[^。；\n]{0,10}执行"), "不予执行"),
    (re.compile(r"准[予许][^。；]{0,160}?(?:强制执行|执行)|(?:准予|准许)强制执行"), "准予执行"),
    (re.compile(r"扣划|划拨"), "扣划"),
    (re.compile(r"拍卖|变卖"), "拍卖变卖"),
    (re.compile(r"查封|冻结|扣押"), "查封冻结"),
    (re.compile(r"转为普通程序|适用普通程序|由简易程序转"), "转换程序"),
    (re.compile(r"撤销[^。；\n]{0,60}?(?:判决|裁定)[^。]{0,200}?(?:发回|重审|改判|指令)|发回[^。；\n]{0,30}?重审|指令[^。；\n]{0,40}?审理"), "发回重审"),
)  # fmt: skip
_DISMISS_ALL = re.compile(r"驳回[^。；\n]{0,80}?(?:全部)?(?:的)?(?:本诉|反诉)?诉讼请求")
_DISMISS_REST = re.compile(r"驳回[^。；\n]{0,80}?(?:其他|其它|其余)")


def costs_start(doc: Doc) -> int:
    """Where the ruling ends and costs, interest for delay and the right of appeal begin."""
    for mark in _COSTS.finditer(doc.norm, doc.ruling, doc.tail):
        floor = max(doc.ruling, mark.start() - 15)
        start = sentence_start(doc.norm, mark.start(), floor)
        if start > floor:
            return start
    return doc.tail


def outcome(doc: Doc, doc_type: str | None) -> Leaf[str] | None:
    """The category of the ruling; its span is the ruling's words."""
    start, end = doc.ruling, costs_start(doc)
    while end > start and doc.norm[end - 1] in " \n":
        end -= 1
    if end <= start:
        return None
    return Leaf(_category(doc.norm, start, end, doc_type), start, end)


def _category(norm: str, start: int, end: int, doc_type: str | None) -> str:
    if doc_type == "调解书":
        return "调解"
    if doc_type == "支付令":
        return "支付令"
    rest = _DISMISS_REST.search(norm, start, end)
    if rest:
        return "部分支持"
    if doc_type != "判决书" or norm.startswith(("驳回上诉", "一、驳回上诉"), start) or "撤销" in norm[start:end]:
        for pattern, value in _OUTCOMES:
            if pattern.search(norm, start, end):
                return value
    if "撤销" in norm[start:end] and ("民事判决" in norm[start:end] or "行政判决" in norm[start:end]):
        return "改判"
    if norm.find("离婚", start, end) >= 0:
        return "驳回" if re.compile("不准|驳回").search(norm, start, end) else "支持"
    dismissed = _DISMISS_ALL.search(norm, start, end)
    if dismissed:
        return (
            "驳回" if dismissed.start() - start < 12 or norm.find("支付", start, dismissed.start()) < 0 else "部分支持"
        )
    return "支持" if doc_type == "判决书" else "其他"


_CRIMINAL = (
    ("驳回上诉", "驳回上诉，维持原判"),
    ("发回", "发回重审"),
    ("撤销", "改判"),
    ("撤回起诉", "准许撤回起诉"),
    ("撤回上诉", "准许撤回上诉"),
    ("终止审理", "终止审理"),
    ("无罪", "无罪"),
    ("免予刑事处罚", "免予刑事处罚"),
    ("免除刑事处罚", "免予刑事处罚"),
    ("不负刑事责任", "不负刑事责任"),
    ("减去", "减刑"),
    ("假释", "假释"),
    ("罪", "有罪"),
)


def criminal_outcome(doc: Doc) -> Leaf[str] | None:
    """有罪, 无罪, 免予刑事处罚, 驳回上诉，维持原判 …; its span is the ruling's words."""
    end = doc.norm.find("如不服", doc.ruling, doc.tail)
    end = end if end > doc.ruling else doc.tail
    while end > doc.ruling and doc.norm[end - 1] in " \n":
        end -= 1
    words = doc.norm[doc.ruling : end]
    for word, value in _CRIMINAL:
        if word in words:
            return Leaf(value, doc.ruling, end)
    return None


def items(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The numbered items between two offsets."""
    edges = [start, *(match.end() for match in _ITEM.finditer(doc.norm, start, end)), end]
    for low, high in zip(edges, edges[1:], strict=False):
        if high - low > 1:
            yield low, high


def headline(norm: str, start: int, end: int) -> Leaf[int] | None:
    """The sum of one item: its 共计 if it gives one, else the first amount that is not a base of calculation, with
    those joined to it (本金100元、利息5元)."""
    first: Leaf[int] | None = None
    owed: Leaf[int] | None = None
    for match in MONEY.finditer(norm, start, end):
        fen = fen_of(match)
        if not fen:
            continue
        leaf = Leaf(fen, match.start(), match.end())
        before = norm[max(start, match.start() - 14) : match.start()]
        if _AFTER_BASE.match(norm, match.end(), end) or _BASE.search(before):
            continue
        if _TOTAL.search(before):
            return leaf
        if first and _JOINED.fullmatch(norm, first.end, match.start()):
            first = Leaf(first.value + fen, first.start, match.end())
        elif first is None and _OWED.search(before):
            owed = owed or leaf
        elif first is None:
            first = leaf
    return first or owed


def decided(doc: Doc) -> list[Amount]:
    """What the ruling orders to be paid, one amount an item."""
    found = []
    end = costs_start(doc)
    for low, high in items(doc, doc.ruling, end):
        if doc.norm.find("驳回", low, min(high, low + 12)) >= 0:
            continue
        sum_ = headline(doc.norm, low, high)
        if sum_:
            found.append(Amount(Leaf("decided", sum_.start, sum_.end), sum_))
    return found


def fees(doc: Doc) -> list[Amount]:
    """案件受理费 and other costs: the amount that is borne (after 减半收取, the half)."""
    found: list[Amount] = []
    start = costs_start(doc)
    for mark in _FEE.finditer(doc.norm, start, doc.tail):
        edge = min(doc.tail, mark.end() + 60)
        stop = doc.norm.find("负担", mark.end(), edge)
        edge = stop if stop >= 0 else edge
        sums = list(amounts(doc.norm, mark.end(), edge))
        if not sums:
            continue
        half = doc.norm.find("减半", mark.end(), edge)
        pick = next((leaf for leaf in sums if half >= 0 and leaf.start > half), sums[0])
        if not found or pick.start > found[-1].fen.start:
            found.append(Amount(Leaf("fee", pick.start, pick.end), pick))
    return found
