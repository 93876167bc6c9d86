"""The dozen words a supervision model is written with."""

from jianwei.kit.model import Absence, Cite, Model, Tables
from jianwei.kit.sign import Kind, Sign
from jianwei.kit.threshold import Threshold
from jianwei.kit.words import Line, days_between, evidence, months_between, with_substance

__all__ = [
    "Absence",
    "Cite",
    "Kind",
    "Line",
    "Model",
    "Sign",
    "Tables",
    "Threshold",
    "days_between",
    "evidence",
    "months_between",
    "with_substance",
]
