"""A small made-up world for the desk's tests: judgments of my own writing, a lake read from them, and a run.

Everybody in it is invented.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

from jianwei.lake import Lake
from jianwei.records import CivilAgent, CivilCase, CivilParty, LoanElement

LENDER = "虞见山"
BORROWERS = ("闻知秋", "郎听雨", "容怀远", "纪望舒", "岑问渠", "滕照临", "游思齐", "鲁行舟", "池望岳", "詹守拙")
ID = "330602198001015676"


def judgment(n: int, *, lender: str = LENDER, borrower: str | None = None, found: str = "") -> str:
    """The ``n``-th judgment of a lender who sues many. Layout as courts write it; contents invented."""
    borrower = borrower or BORROWERS[n % len(BORROWERS)] + (
        "" if n < len(BORROWERS) else "甲乙丙丁戊己庚辛壬癸"[n // 10 % 10]
    )
    month, day = n % 12 + 1, n % 27 + 1
    return f"""浙江省绍兴市越城区人民法院
民 事 判 决 书
（2024）浙0602民初{1200 + n}号
原告：{lender}，男，1980年1月1日出生，汉族，住浙江省绍兴市越城区府山街道塔下弄{n % 9 + 1}号，公民身份号码{ID}。
委托诉讼代理人：施若谷，浙江明湖律师事务所律师。
被告：{borrower}，男，1975年{month}月{day}日出生，汉族，住浙江省绍兴市柯桥区钱清街道镜湖路{n + 10}号，联系电话13800001234。
原告{lender}与被告{borrower}民间借贷纠纷一案，本院于2024年{month}月{day}日立案后，依法适用简易程序，公开开庭进行了审理。原告{lender}的委托诉讼代理人施若谷到庭参加诉讼，被告{borrower}经传票传唤无正当理由拒不到庭参加诉讼。本案现已审理终结。
原告{lender}向本院提出诉讼请求：1.判令被告归还借款本金200000元；2.判令被告支付利息。事实和理由：2023年{month}月{day}日，被告因资金周转需要向原告借款200000元，约定月利率2%，原告以现金方式交付。借款到期后，被告未归还。
被告{borrower}未作答辩。
经审理查明，2023年{month}月{day}日，被告{borrower}向原告{lender}出具借条一份，载明：今借到{lender}人民币200000元，月利率2%。原告以现金方式交付借款。{found}
本院认为，合法的借贷关系受法律保护。依照《中华人民共和国民法典》第六百七十五条、《中华人民共和国民事诉讼法》第一百四十七条之规定，判决如下：
被告{borrower}于本判决生效之日起十日内归还原告{lender}借款200000元，并支付相应利息。
案件受理费2150元，由被告{borrower}负担。
如不服本判决，可在判决书送达之日起十五日内向本院递交上诉状，上诉于浙江省绍兴市中级人民法院。
审判员  顾怀瑾
二〇二四年{"一二三四五六七八九十"[(month - 1) % 10]}月二十日
书记员  叶清和"""


def lake(path: Path, *, judgments: list[str], rows: dict[str, list[dict[str, Any]]] | None = None) -> Lake:
    return Lake.from_rows(path, rows or {}, documents=judgments)


def transactions(count: int, owner: str = LENDER) -> list[dict[str, Any]]:
    """Bank rows of the lender: money out, and most of it back three days later."""
    start = dt.datetime(2023, 1, 3, 9, 30)  # noqa: DTZ001 (the lake holds local times)
    return [
        {
            "account": "6222000000001234", "owner": owner, "owner_idno": ID,
            "counterparty": BORROWERS[i % len(BORROWERS)], "at": start + dt.timedelta(days=i * 2),
            "amount_fen": 20_000_000 if i % 2 == 0 else 19_800_000, "direction": "支出" if i % 2 == 0 else "收入",
            "memo": "往来款",
        }
        for i in range(count)
    ]  # fmt: skip


def evidence(lake: Lake, *, transactions: int = 0) -> list[dict[str, Any]]:
    """Evidence as screening writes it, from everything in the lake."""
    found: list[dict[str, Any]] = []
    about = {
        CivilCase: [("cause", ("many_suits",)), ("absent", ("absent",))],
        CivilParty: [("name", ("many_suits",)), ("absent", ("absent",))],
        CivilAgent: [("name", ("same_agent",))],
        LoanElement: [("delivery", ("cash",)), ("principal_fen", ("cash",)), ("note_text", ("same_note",))],
    }
    with lake.connect() as tables:
        for record, columns in about.items():
            for row in tables.to_pyarrow(tables[record].order_by("document", "row_id")).to_pylist():
                spans = json.loads(row["spans"] or "{}")
                for column, signs in columns:
                    if column in spans:
                        found.append(_place(record.table, row, column, spans[column], signs))
    for n in range(1, transactions + 1):
        row = {"row_id": f"bank_txn#{n}", "document": None, "source": "rows", "entry": "bank_txn", "row_no": n}
        found.append(_place("bank_txn", row, "", None, ("returned",)))
    return found


def _place(
    table: str, row: dict[str, Any], column: str, span: list[int] | None, signs: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "table": table, "row": row["row_id"], "column": column or None, "document": row["document"] or None, "span": span,
        "source": row["source"], "entry": row["entry"], "row_no": row["row_no"], "signs": list(signs),
    }  # fmt: skip


def clue(n: int = 0, **changes: Any) -> dict[str, Any]:
    """A clue as screening writes it. ``n`` sets its identity and spreads offices, models, grades and scores."""
    model, ref = (
        ("civil.professional_lender", "M02"), ("civil.bulk_lending", "M01"), ("criminal.term_arithmetic", "M36"),
        ("enforcement.idle_enforcement", "M20"), ("public_interest.pension_after_death", "M60"),
    )[n % 5]  # fmt: skip
    subject = f"{LENDER}之{n}号" if n else LENDER
    score = 8 - n % 7
    base: dict[str, Any] = {
        "id": hashlib.sha256(f"clue {n}".encode()).hexdigest()[:20],
        "model": model,
        "ref": ref,
        "rank": n + 1,
        "score": score,
        "grade": "高" if score > 6 else "中" if score > 3 else "低",
        "subject": subject,
        "subject_key": f"nbp:{n:04d}",
        "period": "2023-11-01至2024-10-31",
        "region": ("330602", "330603", "330203", "330106")[n % 4],
        "reasons": [
            f"{subject}（1980-01-01，绍兴市越城区）在 12 个月内以 {n % 30 + 5} 件民间借贷起诉 {n % 25 + 5} 名被告"
        ],
        "signs": {
            "substance": [{"key": "returned", "text": "3 件款项在 5 日内回流", "weight": 4}],
            "context": [{"key": "many_suits", "text": "12 个月内起诉 12 件，对象不特定", "weight": 2}],
            "form": [
                {"key": "absent", "text": "12 件被告缺席，占 100%", "weight": 1},
                {"key": "cash", "text": "12 件称以现金交付，无转账凭证", "weight": 1},
                {"key": "same_agent", "text": "12 件由同一代理人代理", "weight": 1},
            ],
            "unknown": [{"key": "licence", "text": "未能核对，缺少数据：放贷资格名录", "weight": 2}],
        },
        "evidence": [],
        "law": [
            "《最高人民法院关于审理民间借贷案件适用法律若干问题的规定》第十三条第三项",
            "《浙江省高级人民法院会议纪要》第五条（未核对原文）",
        ],
        "asks": ["是否取得放贷资格", "借款对象是否不特定", "是否以营利为目的"],
        "notes": ["建议值：10件（浙江省高级人民法院 2018 名录制度）"],
        "provisional": n % 4 == 3,
        "searched": ["已查放贷资格名录（提供单位声明完整至 2024-10-31），没有其登记"],
        "group": f"group{n // 3}",
        "model_version": "1",
        "merged": [],
    }
    return base | changes


def write_run(folder: Path, clues: list[dict[str, Any]], *, skipped: list[dict[str, str]] | None = None) -> Path:
    """A run as screening writes it."""
    folder.mkdir(parents=True, exist_ok=True)
    models = sorted({(c["model"], c["ref"]) for c in clues})
    manifest = {
        "run": folder.name, "as_of": "2024-10-31", "since": None, "snapshot": "0" * 64, "law": "1" * 20, "code": "2" * 20,
        "models": {key: {"ref": ref, "version": "1", "digest": "3" * 20, "thresholds": {}} for key, ref in models},
        "skipped": [
            {"model": "civil.sham_wage_claims", "ref": "M04", "title": "劳动仲裁虚假工资", "reason": "未评价，因为缺少数据：劳动仲裁"},
        ] if skipped is None else skipped,
        "clues": len(clues),
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    lines = "".join(json.dumps(c, ensure_ascii=False, sort_keys=True) + "\n" for c in clues)
    (folder / "clues.jsonl").write_text(lines, encoding="utf-8")
    return folder
