"""The shared words of the house. A record is a frozen dataclass and, at the same time, a table of the lake."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from jianwei.records.administrative import AdministrativePenalty
from jianwei.records.civil import CaseProof, CivilAgent, CivilCase, CivilParty, DebtForAsset, LoanElement, PaymentOrder
from jianwei.records.claims import ArbitrationCase, BankruptcyClaim, NotarisedDebt
from jianwei.records.criminal import (
    CoerciveMeasure,
    CriminalJudgment,
    CustodyEvent,
    OfficeCase,
    OfficePerson,
    PoliceCase,
    PriorSentence,
    SentenceItem,
)
from jianwei.records.enforcement import Auction, EnforcementCase, Seizure
from jianwei.records.enterprise import (
    BankTransaction,
    Company,
    CompanyRole,
    LicensedLender,
    OperatingMonth,
    TaxRecord,
)
from jianwei.records.feeds import Document, Feed
from jianwei.records.person import (
    Death,
    InsuranceSettlement,
    Kinship,
    Licence,
    Marriage,
    MedicalClaim,
    PensionPayment,
    RoadAccident,
    SocialInsurance,
    Staff,
)
from jianwei.records.record import (
    PROVENANCE,
    CaseNo,
    Column,
    CourtName,
    Fen,
    Identity,
    IdNo,
    Record,
    columns,
    lake_columns,
)

__all__ = [
    "PROVENANCE",
    "AdministrativePenalty",
    "ArbitrationCase",
    "Auction",
    "BankTransaction",
    "BankruptcyClaim",
    "CaseNo",
    "CaseProof",
    "CivilAgent",
    "CivilCase",
    "CivilParty",
    "CoerciveMeasure",
    "Column",
    "Company",
    "CourtName",
    "CompanyRole",
    "CriminalJudgment",
    "CustodyEvent",
    "Death",
    "DebtForAsset",
    "Document",
    "EnforcementCase",
    "Feed",
    "Fen",
    "IdNo",
    "Identity",
    "InsuranceSettlement",
    "Kinship",
    "Licence",
    "LicensedLender",
    "LoanElement",
    "Marriage",
    "MedicalClaim",
    "NotarisedDebt",
    "OfficeCase",
    "OfficePerson",
    "OperatingMonth",
    "PaymentOrder",
    "PensionPayment",
    "PoliceCase",
    "PriorSentence",
    "Record",
    "RoadAccident",
    "Seizure",
    "SentenceItem",
    "SocialInsurance",
    "Staff",
    "TaxRecord",
    "BankTransaction",
    "columns",
    "lake_columns",
    "tables",
]


@cache
def tables() -> dict[str, type[Record]]:
    """Every record, by the name of its table."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return {record.table: record for record in sorted(Record.__subclasses__(), key=lambda r: r.table)}
