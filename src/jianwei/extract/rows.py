"""The lake's records that one judgment yields, each with the span every column was read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jianwei.extract.forum import named, place
from jianwei.extract.judgment import Judgment, Party
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.assets import Asset
from jianwei.extract.parts.note import is_form, skeleton
from jianwei.extract.parts.proofs import Proof
from jianwei.records import (
    CaseNo,
    CaseProof,
    CivilAgent,
    CivilCase,
    CivilParty,
    DebtForAsset,
    EnforcementCase,
    Fen,
    IdNo,
    LoanElement,
    PaymentOrder,
    Record,
)

Spans = dict[str, tuple[int, int]]
Row = tuple[Record, Spans]


def rows(judgment: Judgment, document_id: str) -> Iterator[Row]:
    """Every row of ``judgment``. ``document_id`` is where the spans point; a document without 案号 yields nothing."""
    if judgment.case_no is None:
        return
    kind = judgment.case_type.value if judgment.case_type else None
    if kind == "刑事":
        from jianwei.extract.crime import rows as crime  # it builds on Row above

        yield from crime.rows(judgment, document_id)
        return
    if judgment.doc_type and judgment.doc_type.value == "支付令":
        yield from _payment_order(judgment)
        return
    if kind == "执行":
        yield from _enforcement(judgment)
        yield from _assets(judgment)
        return
    yield _case(judgment)
    for party in judgment.parties:
        yield _party(judgment, party)
        yield from _agents(judgment, party)
    if judgment.loan and judgment.loan.principal:
        yield _loan(judgment)
    for proof in judgment.proofs:
        if isinstance(proof, Proof):
            yield _start(judgment).put(kind=proof.kind, issuer=proof.issuer).row(CaseProof)
    yield from _assets(judgment)


class _Columns:
    """Collects values for a record and their spans."""

    def __init__(self, judgment: Judgment) -> None:
        self.values: dict[str, Any] = {}
        self.spans: Spans = {}
        self.judgment = judgment

    def put(self, **leaves: Leaf[Any] | None) -> _Columns:
        for name, leaf in leaves.items():
            if leaf is not None:
                self.values[name] = leaf.value
                if leaf.end > leaf.start:
                    self.spans[name] = leaf.span
        return self

    def set(self, **values: Any) -> _Columns:
        """Values that follow from others and have no words of their own."""
        self.values.update(values)
        return self

    def row(self, record: type[Record]) -> Row:
        return record(**self.values), self.spans


def _start(judgment: Judgment, case_no: str = "case_no") -> _Columns:
    assert judgment.case_no is not None
    columns = _Columns(judgment)
    columns.values[case_no] = CaseNo(judgment.case_no.value)
    columns.spans[case_no] = judgment.case_no.span
    return columns


def _case(judgment: Judgment) -> Row:
    region, level = place(judgment)
    columns = _start(judgment).set(region=region, court_level=level)
    columns.put(
        court=named(judgment.court),
        case_type=judgment.case_type,
        doc_type=judgment.doc_type,
        cause=judgment.cause,
        track=judgment.track,
        procedure=judgment.procedure,
        filed_on=judgment.filed_on,
        heard_on=judgment.heard_on,
        closed_on=judgment.decided_on,
        close_mode=judgment.close_mode,
        judge=judgment.bench[0].name if judgment.bench else None,
        amount_fen=_headline(judgment, "claimed"),
        decided_fen=_headline(judgment, "decided"),
        absent=_absence(judgment),
        noticed=judgment.noticed,
        prelitigation=judgment.prelitigation,
        contract=judgment.contract,
        contract_on=judgment.contract_on,
        outcome=judgment.outcome,
    )
    if "noticed" not in columns.values:
        columns.set(noticed=False)
    if judgment.defence:
        columns.set(admitted=judgment.defence.value == "admitted")
        columns.spans["admitted"] = judgment.defence.span
    return columns.row(CivilCase)


def _absence(judgment: Judgment) -> Leaf[bool] | None:
    """Whether a defendant stayed away; the words that say it."""
    known = [party.absent for party in judgment.parties if party.absent is not None]
    return next((leaf for leaf in known if leaf.value), known[0] if known else None)


def _headline(judgment: Judgment, role: str) -> Leaf[Fen] | None:
    """One amount for the case: the parts of the claim, or of the ruling, added up; the words of the first."""
    parts = [amount.fen for amount in judgment.amounts if amount.role.value == role]
    if not parts:
        return None
    return Leaf(Fen(sum(part.value for part in parts)), parts[0].start, parts[-1].end)


def _party(judgment: Judgment, party: Party) -> Row:
    return (
        _start(judgment)
        .put(
            role=party.role,
            kind=party.kind,
            name=party.name,
            idno=_idno(party.idno),
            addr=party.address,
            born_on=party.born_on,
            representative=party.representative,
            absent=party.absent,
        )
        .row(CivilParty)
    )


def _idno(leaf: Leaf[str] | None) -> Leaf[IdNo] | None:
    return Leaf(IdNo(leaf.value), leaf.start, leaf.end) if leaf else None


def _agents(judgment: Judgment, party: Party) -> Iterator[Row]:
    for agent in party.agents:
        yield (
            _start(judgment)
            .put(
                side=party.role,
                principal=party.name,
                name=agent.name,
                kind=agent.kind,
                firm=agent.firm,
                addr=agent.address,
            )
            .row(CivilAgent)
        )


def _loan(judgment: Judgment) -> Row:
    loan = judgment.loan
    assert loan is not None
    columns = _start(judgment).put(
        loaned_on=loan.loaned_on,
        principal_fen=loan.principal,
        delivered_fen=loan.delivered,
        rate_per_mille_month=loan.monthly_per_mille,
        rate_text=loan.rate_text,
        annual_rate=loan.rate,
        note_text=loan.note,
        delivery=loan.delivery,
        payer=loan.payer,
        payee=loan.payee,
        cut_interest=loan.cut_interest,
        guarantor=loan.guarantor,
        defence=judgment.defence,
    )
    if loan.note:
        template = skeleton(loan.note.value, [party.name.value for party in judgment.parties])
        columns.set(note_template=template, note_form=is_form(loan.note.value))
        columns.spans["note_template"] = loan.note.span
    if judgment.defence:
        columns.set(admitted=judgment.defence.value == "admitted")
        columns.spans["admitted"] = judgment.defence.span
    return columns.row(LoanElement)


def _assets(judgment: Judgment) -> Iterator[Row]:
    for each in judgment.transfers:
        if isinstance(each, Asset):
            yield (
                _start(judgment)
                .put(
                    asset=each.asset,
                    owner=each.owner.name if each.owner else None,
                    owner_idno=_idno(each.owner.idno) if each.owner else None,
                    taker=each.taker.name if each.taker else None,
                    taker_idno=_idno(each.taker.idno) if each.taker else None,
                    debt_fen=each.debt,
                    value_fen=each.worth,
                    agreed_on=judgment.decided_on,
                )
                .row(DebtForAsset)
            )


def _enforcement(judgment: Judgment) -> Iterator[Row]:
    region, _ = place(judgment)
    debtors = [p for p in judgment.parties if p.role.value in ("被执行人", "被申请执行人", "被申请人")]
    creditors = [p for p in judgment.parties if p.role.value in ("申请执行人", "申请人", "申请强制执行人")]
    each: list[Party | None] = [*debtors] or [None]
    for debtor in each:
        columns = _start(judgment, "enf_no").set(region=region)
        creditor = creditors[0] if creditors else None
        columns.put(
            court=named(judgment.court),
            base_case_no=judgment.base_case_no,
            base_type=judgment.base_type,
            filed_on=judgment.filed_on,
            closed_on=judgment.decided_on if judgment.close_mode and judgment.close_mode.value in _CLOSED else None,
            close_mode=judgment.close_mode,
            claim_fen=_headline(judgment, "claimed"),
            paid_fen=_headline(judgment, "paid"),
            debtor=debtor.name if debtor else None,
            debtor_idno=_idno(debtor.idno) if debtor else None,
            creditor=creditor.name if creditor else None,
            creditor_idno=_idno(creditor.idno) if creditor else None,
            officer=judgment.bench[0].name if judgment.bench else None,
        )
        if judgment.base_case_no and judgment.base_type is None:
            columns.set(base_type=_base_type(judgment.base_case_no.value))
        yield columns.row(EnforcementCase)


_CLOSED = frozenset(("终结本次执行程序", "终结执行", "执行完毕", "和解", "不予执行", "驳回申请"))


def _base_type(case_no: str) -> str:
    letters = case_no[case_no.find("）") + 1 :]
    for word, kind in (
        ("民督", "支付令"),
        ("仲", "仲裁"),
        ("证", "公证"),
        ("刑", "刑事"),
        ("民", "判决"),
        ("调", "调解"),
    ):
        if word in letters:
            return kind
    return "其他"


def _payment_order(judgment: Judgment) -> Iterator[Row]:
    applicants = [p for p in judgment.parties if p.role.value in ("申请人", "债权人")]
    respondents = [p for p in judgment.parties if p.role.value in ("被申请人", "债务人")]
    if not applicants or not respondents:
        return
    for respondent in respondents:
        yield (
            _start(judgment)
            .put(
                court=named(judgment.court),
                applicant=applicants[0].name,
                applicant_idno=_idno(applicants[0].idno),
                respondent=respondent.name,
                respondent_idno=_idno(respondent.idno),
                amount_fen=_headline(judgment, "decided"),
                filed_on=judgment.filed_on,
                issued_on=judgment.decided_on,
            )
            .row(PaymentOrder)
        )
