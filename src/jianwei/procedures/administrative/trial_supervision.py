"""行政审判程序违法监督。对行政审判程序中的违法情形和审判人员的违法行为提出检察建议。"""

from __future__ import annotations

from jianwei.procedures import Cite
from jianwei.procedures.administrative._letter import LetterSupervision
from jianwei.procedures.administrative._supervision import LAW, rule


class TrialSupervision(LetterSupervision):
    title = "行政审判程序违法监督"
    case_type = "行政审判程序违法监督"
    basis = (Cite(LAW, "第九十三条第三款"), rule("第一百零四条"))
