from __future__ import annotations

from django.urls import re_path

from jianwei.desk.matters.views import acts, handover, listing, matter, opening
from jianwei.desk.site.lists import routes

MATTER = r"^matters/(?P<matter_id>\d{1,12})/"
HANDOVER = r"^matters/handovers/(?P<handover_id>\d{1,12})/"

urlpatterns = [
    *routes(r"^matters/", listing.index, "matters"),
    re_path(r"^matters/by-number/$", matter.by_number, name="matter_by_number"),
    re_path(r"^matters/new/$", opening.choose, name="new_matter"),
    re_path(r"^matters/new/(?P<key>[a-z_]{1,30}/[a-z_]{1,40})/$", opening.open_one, name="open_matter"),
    *routes(r"^matters/handovers/", handover.index, "handovers"),
    re_path(HANDOVER + r"$", handover.one, name="handover"),
    re_path(HANDOVER + r"receive/$", handover.receive, name="handover_receive"),
    re_path(HANDOVER + r"return/$", handover.give_back, name="handover_return"),
    re_path(HANDOVER + r"recall/$", handover.recall, name="handover_recall"),
    re_path(MATTER + r"$", matter.page, name="matter"),
    re_path(MATTER + r"reveal/$", matter.reveal, name="reveal_matter"),
    re_path(MATTER + r"what-if/$", matter.what_if, name="what_if"),
    re_path(MATTER + r"carried/(?P<link_id>\d{1,12})/$", matter.carried, name="carried"),
    re_path(MATTER + r"acts/(?P<kind>[a-z_0-9]{1,60})/$", acts.act, name="matter_act"),
    re_path(MATTER + r"hand-over/$", handover.send, name="hand_over_matter"),
    re_path(MATTER + r"handler/$", acts.assign, name="assign_matter"),
    re_path(MATTER + r"restriction/$", acts.restrict, name="restrict_matter"),
    re_path(MATTER + r"access/$", acts.admit, name="admit_to_matter"),
    re_path(MATTER + r"access/(?P<access_id>\d{1,12})/remove/$", acts.dismiss, name="dismiss_from_matter"),
    re_path(MATTER + r"links/$", acts.link, name="link_matter"),
    re_path(MATTER + r"links/(?P<link_id>\d{1,12})/remove/$", acts.unlink, name="unlink_matter"),
]
