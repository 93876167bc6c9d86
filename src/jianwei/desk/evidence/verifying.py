"""验真: a file or bundle is judged and not kept; the verdict is, and a record of kind 8 goes into the log."""

from __future__ import annotations

from typing import Any, BinaryIO

from django.db import transaction

from jianwei.desk.evidence import certificate as pdf
from jianwei.desk.evidence import custody, judging, ledger, queries, trust
from jianwei.desk.evidence.errors import Conflict, NoLog, Refused
from jianwei.desk.evidence.handling import Taken, found, held
from jianwei.desk.evidence.models import Custody, Material, Stage, Verification
from jianwei.desk.evidence.packing import packed
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.seal.leaf import Kind
from jianwei.seal.vault.hashing import Digests, digests
from jianwei.seal.vault.manifest import Manifest, Reference

NOTHING = "在您的管辖范围内没有与这个文件一致的固证记录。文件可能从未固证，可能固证后被改动过，也可能由别的院固证。"
ERASED = "这份材料已依法删除，本系统不再核对，以免其内容又留下来。手上的存证包可以用独立核验程序核验。"
ROW_DIFFERS = "本系统登记的内容与日志中的材料说明不一致，登记被改动过；以存证包中的说明为准，请立即查明。"
DIFFERS = "提交的文件与固证时记录的摘要不一致：不是同一个文件，或者已被改动。"


def of_file(who: Acting, file: BinaryIO, name: str, *, against: str = "", policy: bytes | None = None) -> Verification:
    """Judge a bundle, or a file by what was fixed of it. ``file`` can seek; nothing of it is kept."""
    wanted = found(who, against) if against else None
    if judging.looks_like_a_bundle(file):
        report, material = _bundle(who, file, policy)
        if wanted and material != wanted:
            raise Refused("这个存证包不是这份材料的。", {"file": "不是这份材料的存证包"})
    else:
        file.seek(0)
        report, material = _plain(who, file, wanted)
    return _kept(who, name, report, material)


def of_material(who: Acting, material_id: str) -> Verification:
    """Read a material and its proof again from the vault, and judge them as an outsider would."""
    one = held(who, material_id)
    return _kept(who, one.name, _report(one, who), one)


def certificate(who: Acting, material_id: str, purpose: str) -> Taken:
    """The certificate as PDF, with what a check gave just now."""
    one = held(who, material_id)
    words = custody.purpose_given(Custody.Verb.PRINTED, purpose)
    pdf.needed()
    made = _kept(who, one.name, _report(one, who), one)
    content = pdf.made(pdf.filled(who, one, made, queries.custody(one)))
    custody.record(who, one, Custody.Verb.PRINTED, purpose=words, before=one.sha256, result=f"依据验真 {made.pk}")
    return Taken(f"存证证明书 {one.pk}.pdf", "application/pdf", len(content), iter((content,)))


def _bundle(who: Acting, file: BinaryIO, policy: bytes | None) -> tuple[judging.Report, Material | None]:
    bundle = judging.read(file)
    believed = trust.Trust(policy) if policy else trust.by_origin(bundle.origin) if bundle else None
    if bundle is None and believed is None:  # so broken that whose it is cannot be read: the verifier says where
        believed = trust.of(ledger.folder(who.user.office)) or trust.any_of_all()
    if bundle and queries.is_erased(str(bundle.manifest.get("id", ""))[:26]):
        raise Refused(ERASED)
    material = _named(who, bundle, policy) if bundle else None
    return judging.told(judging.judged(file, believed, who.at), bundle, believed), material


def _named(who: Acting, bundle: judging.Bundle, policy: bytes | None) -> Material | None:
    """The material that a bundle is of: one of that log, under that log's own policy. Others may write any number they like."""
    one = queries.material(who, str(bundle.manifest.get("id", ""))[:26])
    if one is None or bundle.origin not in ledger.origins(one.office):
        return None
    own = trust.by_origin(bundle.origin)
    return one if policy is None or (own and policy == own.policy) else None


def _plain(who: Acting, file: BinaryIO, wanted: Material | None) -> tuple[judging.Report, Material | None]:
    computed = digests(file)
    if wanted:
        if wanted.stage == Stage.ERASED:
            raise Refused(ERASED)
        if (computed.sha256, computed.sm3) != (wanted.sha256, wanted.sm3):
            return _different(wanted, computed), wanted
        return _report(wanted, who), wanted
    same = list(queries.same_file(who, computed.sha256, computed.sm3)[:20])
    one = next((each for each in same if each.proven_at), same[0] if same else None)
    if one is None:
        return judging.without_record(computed, NOTHING), None
    report = _report(one, who)
    others = [f"{each.name}（{each.pk}）" for each in same if each != one]
    return report | {"also": others}, one


def _report(one: Material, who: Acting) -> judging.Report:
    """Of the material in the vault. One without an outside signature is judged too: the verifier says what is missing."""
    believed = trust.of(ledger.place(one.office, one.pk))
    with packed(one, allow_fixed=True) as file:
        verdict, bundle = judging.judged(file, believed, who.at), judging.read(file)
    if verdict["ok"] and bundle and not ledger.says(one, bundle.manifest):
        verdict = {"ok": False, "step": "manifest", "message": ROW_DIFFERS, "facts": {}, "warnings": []}
    return judging.told(verdict, bundle, believed)


def _different(one: Material, computed: Digests) -> judging.Report:
    verdict = {"ok": False, "step": "original", "message": DIFFERS, "facts": {}, "warnings": []}
    manifest = {"size": one.size, "sha256": one.sha256, "sm3": one.sm3, "name": one.name, "id": one.pk}
    believed = trust.of(ledger.place(one.office, one.pk))
    return judging.told(verdict, judging.Bundle("", manifest, computed), believed)


def _kept(who: Acting, name: str, report: judging.Report, material: Material | None) -> Verification:
    """Keep the verdict; write it into the log of who asked, if that office has one. No sign in a name may keep it out."""
    name = "".join(sign for sign in name if sign.isprintable())[:200]
    made = Verification(
        id=ledger.new_id(who.at), office_id=who.user.office_id, by_id=who.user.pk, at=who.at, material=material, name=name or "未命名",
        ok=report["ok"], step=report["step"], report=report,
    )  # fmt: skip
    made.in_log = _in_the_log(who, made, report)
    with transaction.atomic():
        made.save(force_insert=True)
        result = "一致" if made.ok else f"没有通过：{_step(report)}"
        if material:
            after = next((one["computed"] for one in report["digests"] if one["algorithm"] == "SHA-256"), "")
            custody.record(
                who,
                material,
                Custody.Verb.VERIFIED,
                before=material.sha256,
                after=after,
                result=f"{result}（{made.pk}）",
            )
        else:
            audit.record(who, "验真", kind="验真", object_id=made.pk, result=result[:20])
    return made


def _step(report: judging.Report) -> str:
    return next((one["title"] for one in report["steps"] if one["key"] == report["step"]), "没有固证记录")


def _in_the_log(who: Acting, made: Verification, report: judging.Report) -> bool:
    """Whether the act of verifying is in the log. Trouble there does not take the verdict away."""
    digest = "".join(f"\n提交文件的 {one['algorithm']}：{one['computed']}" for one in report["digests"])
    said = Manifest(
        kind=Kind.VERIFICATION, id=made.pk, office=who.user.office.name, case_ref=(made.material.case_ref or None) if made.material else None,
        prev=_prev(who, made.material), note=f"验真：{made.name}\n结论：{report['message']}{digest}\n经手：{who.user.name}",
    )  # fmt: skip
    try:
        ledger.put_manifest(who.user.office, said, None, who.at)
    except (NoLog, Refused, Conflict):
        return False
    return True


def _prev(who: Acting, one: Material | None) -> tuple[Reference, ...]:
    if one is None:
        return ()
    try:
        return (ledger.reference(one, "验真", who.user.office),)
    except (NoLog, Refused, Conflict):
        return ()


def as_json(made: Verification) -> dict[str, Any]:
    report = made.report
    return {
        "id": made.pk, "ok": made.ok, "step": made.step, "message": report.get("message", ""), "material": made.material_id,
        "in_log": made.in_log, "url": f"/evidence/verifications/{made.pk}/",
    } | {key: report.get(key) for key in ("steps", "digests", "times", "headings", "warnings", "not_proved", "facts")}  # fmt: skip
