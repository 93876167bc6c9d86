from __future__ import annotations

from django.urls import re_path

from jianwei.desk.evidence.views import fixing, listing, log, material, presenting, sending, verifying
from jianwei.desk.site.lists import routes

ID = r"(?P<material_id>[0-7][0-9A-HJKMNP-TV-Z]{25})"
UPLOAD = r"(?P<upload_id>[0-7][0-9A-HJKMNP-TV-Z]{25})"
ONE = rf"^evidence/{ID}/"
PRESENTATION = r"^evidence/presentations/(?P<presentation_id>\d{1,15})/"
PLACE = r"(?P<place>\d{1,4})/"

urlpatterns = [
    *routes(r"^evidence/", listing.index, "evidence"),
    re_path(r"^matters/(?P<matter_id>\d{1,12})/evidence/$", listing.of_matter, name="matter_evidence"),
    re_path(r"^matters/(?P<matter_id>\d{1,12})/evidence/bundles/$", sending.of_case, name="evidence_of_case"),
    re_path(r"^evidence/new/$", fixing.new, name="evidence_new"),
    re_path(ONE + r"$", material.page, name="evidence_one"),
    re_path(ONE + r"state/$", material.state, name="evidence_state"),
    re_path(ONE + r"take/$", sending.take, name="evidence_take"),
    re_path(ONE + r"check/$", material.check, name="evidence_check"),
    re_path(ONE + r"transfer/$", material.transfer, name="evidence_transfer"),
    re_path(ONE + r"correct/$", material.correct, name="evidence_correct"),
    re_path(ONE + r"erasure/$", material.erasure, name="evidence_erasure"),
    re_path(ONE + r"erasure/(?P<erasure_id>\d{1,15})/$", material.decide, name="evidence_decide"),
    re_path(r"^evidence/verify/$", verifying.page, name="evidence_verify"),
    re_path(
        rf"^evidence/verifications/{ID.replace('material', 'verification')}/$",
        verifying.report,
        name="evidence_verification",
    ),
    *routes(r"^evidence/presentations/", presenting.index, "evidence_presentations"),
    re_path(r"^evidence/presentations/new/$", presenting.new, name="evidence_presentation_new"),
    re_path(PRESENTATION + r"$", presenting.one, name="evidence_presentation"),
    re_path(PRESENTATION + r"add/$", presenting.add, name="evidence_presentation_add"),
    re_path(PRESENTATION + r"export\.(?P<ending>csv|xlsx)$", presenting.download, name="evidence_presentation_export"),
    re_path(PRESENTATION + rf"show/{PLACE}$", presenting.show, name="evidence_show"),
    re_path(PRESENTATION + rf"show/{PLACE}content/$", presenting.content, name="evidence_show_content"),
    re_path(r"^evidence/log/$", log.page, name="evidence_log"),
    re_path(r"^evidence/log/(?P<code>\d{6})/$", log.page, name="evidence_log_of"),
    re_path(
        r"^evidence/log/(?P<code>\d{6})/(?P<name>policy\.txt|policy-sm\.txt|tsa\.pem)$",
        log.policy,
        name="evidence_policy",
    ),
    re_path(
        r"^evidence/log/(?P<code>\d{6})/(?P<nth>\d{1,3})/(?P<name>policy\.txt|policy-sm\.txt|tsa\.pem)$",
        log.policy,
        name="evidence_policy_of",
    ),
    re_path(r"^evidence/log/(?P<name>verify\.py|verify\.html)$", log.verifier, name="evidence_verifier"),
    re_path(r"^api/evidence/?$", fixing.take, name="evidence_api"),
    re_path(r"^api/evidence/uploads/?$", fixing.begin, name="evidence_uploads"),
    re_path(rf"^api/evidence/uploads/{UPLOAD}/?$", fixing.piece, name="evidence_upload"),
    re_path(rf"^api/evidence/uploads/{UPLOAD}/finish/?$", fixing.finish, name="evidence_upload_finish"),
    re_path(rf"^api/evidence/{ID}/?$", material.told, name="evidence_api_one"),
    re_path(rf"^api/evidence/{ID}/proof/?$", sending.proof, name="evidence_api_proof"),
    re_path(rf"^api/evidence/{ID}/bundle/?$", sending.bundle, name="evidence_api_bundle"),
    re_path(r"^api/verify/?$", verifying.answer, name="evidence_api_verify"),
]
