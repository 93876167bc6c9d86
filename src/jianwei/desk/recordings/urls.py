from __future__ import annotations

from django.urls import re_path

from jianwei.desk.recordings.views import listing, one, record, waiting
from jianwei.desk.site.lists import routes

ULID = "[0-7][0-9A-HJKMNP-TV-Z]{25}"
ONE = rf"^recordings/(?P<material_id>{ULID})/"
SESSION = rf"^api/recordings/(?P<session_id>{ULID})/"
MATTER = r"^matters/(?P<matter_id>\d{1,12})/recordings/"

urlpatterns = [
    *routes(r"^recordings/", listing.index, "recordings"),
    re_path(r"^recordings/waiting/$", waiting.page, name="recordings_waiting"),
    re_path(ONE + r"$", one.page, name="recording"),
    re_path(ONE + r"content/$", one.content, name="recording_content"),
    re_path(ONE + r"marks/$", one.mark, name="recording_mark"),
    re_path(ONE + r"matter/$", one.belong, name="recording_belong"),
    re_path(ONE + r"settle/$", one.settle, name="recording_settle"),
    re_path(MATTER + r"$", listing.of_matter, name="matter_recordings"),
    re_path(MATTER + r"beside/(?P<kind>[a-z_0-9]{1,60})/$", listing.beside, name="recordings_beside"),
    re_path(MATTER + r"new/$", record.page, name="record"),
    re_path(MATTER + r"begin/$", record.begin, name="record_begin"),
    re_path(SESSION + r"$", record.part, name="record_part"),
    re_path(SESSION + r"finish/$", record.finish, name="record_finish"),
]
