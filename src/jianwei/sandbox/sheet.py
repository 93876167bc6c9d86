"""Tables as agencies send them: Chinese headers of their own choice, their own way with dates and money."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jianwei import records as r
from jianwei.records import Column, Fen, Record, columns
from jianwei.sandbox.files import write_xlsx


@dataclass(frozen=True)
class Sheet:
    """How one table arrives: its file's name, its columns in order, and the sender's habits."""

    record: type[Record]
    file: str
    fields: tuple[str, ...]
    wan: bool = False
    dates: str = "%Y-%m-%d"
    excel: bool = False


def _sheet(record: type[Record], file: str, fields: str, **habits: Any) -> Sheet:
    return Sheet(record, file, tuple(fields.split()), **habits)


SHEETS: dict[type[Record], Sheet] = {
    s.record: s
    for s in (
        _sheet(r.EnforcementCase, "执行案件台账", "enf_no court region base_case_no base_type filed_on closed_on close_mode claim_fen paid_fen debtor debtor_idno creditor creditor_idno inquired_on measured_on limited_on dishonest_on received_on paid_out_on suspended_on resumed_on extension officer"),
        _sheet(r.Seizure, "查封扣押冻结", "enf_no asset_id asset_type appraised_fen seized_on expires_on appraised_on rank mortgage_fen", wan=True),
        _sheet(r.Auction, "司法拍卖", "asset_id enf_no owner owner_idno asset round start_fen appraised_fen deposit_fen announced_on started_on deal_fen dealt_on distributed_on buyer_idno lease_claim tax_bearer", wan=True, dates="%Y/%m/%d"),
        _sheet(r.DebtForAsset, "以物抵债", "case_no asset owner owner_idno taker taker_idno debt_fen value_fen agreed_on purchase_limit", wan=True, excel=True),
        _sheet(r.ArbitrationCase, "劳动仲裁台账", "arb_no org arbitrator filed_on closed_on mode worker worker_idno worker_addr employer employer_code claim_type claim_fen amount_fen wage_fen claim_from claim_to admitted agent agent_kind agent_firm agent_addr", dates="%Y年%m月%d日"),
        _sheet(r.NotarisedDebt, "公证债权文书", "deed_no org notary deed_on debtor debtor_idno creditor creditor_idno amount_fen loaned_on certified_on", wan=True, excel=True),
        _sheet(r.PaymentOrder, "支付令台账", "case_no court applicant applicant_idno respondent respondent_idno amount_fen filed_on issued_on objection", excel=True),
        _sheet(r.Company, "企业登记信息", "uscc name former_name founded_on status cancelled_on cancel_mode addr capital_fen paid_in_fen industry phone representative", wan=True),
        _sheet(r.CompanyRole, "企业任职", "uscc company_name person_name person_idno role from_on to_on share addr", dates="%Y%m%d"),
        _sheet(r.LicensedLender, "持牌放贷机构名单", "uscc name kind from_on to_on", excel=True),
        _sheet(r.SocialInsurance, "社保参保记录", "person_name person_idno company_name uscc from_on to_on base_fen insure_type"),
        _sheet(r.OperatingMonth, "用电记录", "uscc name month kind quantity", dates="%Y-%m"),
        _sheet(r.BankTransaction, "银行流水", "account owner owner_idno counterparty_account counterparty counterparty_idno at amount_fen direction memo balance_fen"),
        _sheet(r.PensionPayment, "养老金发放", "name person_idno month amount_fen kind region agency returned_fen returned_on", dates="%Y%m"),
        _sheet(r.Death, "死亡人员", "name idno died_on source_kind", dates="%Y/%m/%d"),
        _sheet(r.Staff, "教职工名册", "name idno born_on employer post hired_on left_on minors_contact region as_of_on", excel=True),
        _sheet(r.Licence, "资格证照", "name idno kind no issued_on expires_on status revoked_on region as_of_on", dates="%Y年%m月%d日"),
        _sheet(r.RoadAccident, "道路交通事故", "accident_no at reported_at parties victim victim_idno injuries liability plates case_no"),
        _sheet(r.InsuranceSettlement, "保险理赔台账", "case_no victim victim_idno insurer payee payee_idno amount_fen victim_received_fen paid_on proof_issuer grade regrade appraiser"),
        _sheet(r.Marriage, "婚姻登记", "reg_no a_name a_idno b_name b_idno registered_on status", dates="%Y/%m/%d", excel=True),
        _sheet(r.Kinship, "亲属关系", "a_name a_idno b_name b_idno relation", excel=True),
        _sheet(r.OfficeCase, "检察业务案件", "dept_no uni_no case_name category office region accepted_on source_unit charge_in prosecutor dept custody returned_1_on resubmitted_1_on returned_2_on resubmitted_2_on extended_on jurisdiction_changed_on suspended_on resumed_on appraisal_from_on appraisal_to_on finished_on decision"),
    )
}

_MOST_ROWS_OF_A_WORKBOOK = 5000


def _chinese(column: Column) -> list[str]:
    return [h for h in column.headers if not h.isascii()] or list(column.headers)


def headers(record: type[Record], seed: int) -> tuple[str, ...]:
    """The headers this province's agency chose: one of the first two known names of each column, money with its unit."""
    sheet = SHEETS[record]
    known = {column.name: column for column in columns(record)}
    out: list[str] = []
    for name in sheet.fields:
        choices = [h for h in _chinese(known[name])[:2] if h not in out]
        draw = hashlib.sha256(f"{seed}:{record.table}:{name}".encode()).digest()[0]
        header = choices[0] if draw < 170 or len(choices) == 1 else choices[1]
        if known[name].type is Fen:
            header += "（万元）" if sheet.wan else "（元）"
        out.append(header)
    return tuple(out)


def _yuan(fen: int) -> str:
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def _wan(fen: int) -> str:
    whole, rest = divmod(fen, 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0") if rest else str(whole)


def _day(pattern: str) -> Callable[[Any], str]:
    if pattern == "%Y-%m-%d":
        return lambda on: str(on.isoformat())
    if pattern == "%Y年%m月%d日":
        return lambda on: f"{on.year}年{on.month}月{on.day}日"
    if pattern == "%Y/%m/%d":
        return lambda on: f"{on.year}/{on.month}/{on.day}"
    return lambda on: str(on.strftime(pattern))


_KNOWN: dict[type[Record], tuple[tuple[str, Callable[[Any], str]], ...]] = {}


def _formatters(record: type[Record]) -> tuple[tuple[str, Callable[[Any], str]], ...]:
    if record in _KNOWN:
        return _KNOWN[record]
    sheet = SHEETS[record]
    known = {column.name: column for column in columns(record)}
    out: list[tuple[str, Callable[[Any], str]]] = []
    for name in sheet.fields:
        kind = known[name].type
        write: Callable[[Any], str] = str
        if kind is Fen:
            write = _wan if sheet.wan else _yuan
        elif kind is dt.date:
            write = _day(sheet.dates)
        elif kind is dt.datetime:
            write = lambda at: str(at.isoformat(" "))  # noqa: E731
        elif kind is bool:
            write = lambda yes: "是" if yes else "否"  # noqa: E731
        out.append((name, write))
    _KNOWN[record] = tuple(out)
    return _KNOWN[record]


def cells(record: type[Record], values: dict[str, Any]) -> list[str]:
    """One row of the sheet, in the order of its columns."""
    get = values.get
    return ["" if (v := get(name)) is None else write(v) for name, write in _formatters(record)]


_PLAIN: dict[type[Record], tuple[int, ...]] = {}


def plain_cells(record: type[Record]) -> tuple[int, ...]:
    """The places of the sheet's dates and sums."""
    if record not in _PLAIN:
        kinds = {column.name: column.type for column in columns(record)}
        found = tuple(i for i, name in enumerate(SHEETS[record].fields) if kinds[name] in (Fen, dt.date))
        _PLAIN[record] = found or (0,)
    return _PLAIN[record]


def to_csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def write_table(record: type[Record], seed: int, parts: Sequence[Path], folder: Path, number: int, total: int) -> tuple[Path, int]:
    """Puts the parts of a table together under its headers; small tables may become workbooks."""
    sheet = SHEETS[record]
    stem = sheet.file if total == 1 else f"{sheet.file}_{number:03d}"
    head = headers(record, seed)
    if sheet.excel:
        rows = [row for part in parts for row in csv.reader(part.read_text(encoding="utf-8").splitlines())]
        if len(rows) <= _MOST_ROWS_OF_A_WORKBOOK:
            path = folder / f"{stem}.xlsx"
            write_xlsx(path, sheet.file, [head, *rows])
            return path, len(rows)
    path = folder / f"{stem}.csv"
    count = 0
    with path.open("wb") as out:
        out.write(b"\xef\xbb\xbf" + to_csv([head]))
        for part in parts:
            content = part.read_bytes()
            count += content.count(b"\n")
            out.write(content)
    return path, count
