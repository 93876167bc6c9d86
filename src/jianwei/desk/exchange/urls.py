from __future__ import annotations

from django.urls import re_path

from jianwei.desk.exchange.views import arriving, making, organs, received, sent
from jianwei.desk.site.lists import routes

ID = r"(?P<package_id>[0-7][0-9A-HJKMNP-TV-Z]{25})"
ARRIVAL = ID.replace("package", "arrival")
OUT, IN = rf"^exchange/{ID}/", rf"^exchange/in/{ID}/"

urlpatterns = [
    *routes(r"^exchange/", sent.index, "exchange"),
    *routes(r"^exchange/in/", received.index, "exchange_in"),
    re_path(r"^matters/(?P<matter_id>\d{1,12})/exchange/$", making.of_matter, name="matter_exchange"),
    re_path(r"^matters/(?P<matter_id>\d{1,12})/exchange/new/$", making.new, name="exchange_new"),
    re_path(r"^exchange/counterparts/$", organs.index, name="exchange_counterparts"),
    re_path(r"^exchange/counterparts/new/$", organs.one, name="exchange_counterpart_new"),
    re_path(r"^exchange/counterparts/(?P<organ_id>\d{1,12})/$", organs.one, name="exchange_counterpart"),
    re_path(r"^exchange/receive/$", arriving.page, name="exchange_receive"),
    re_path(OUT + r"$", sent.page, name="exchange_one"),
    re_path(OUT + r"file/$", sent.file, name="exchange_file"),
    re_path(OUT + r"receipt/$", sent.receipt, name="exchange_receipt"),
    re_path(OUT + r"signed/$", sent.signed, name="exchange_signed"),
    re_path(IN + r"$", received.page, name="exchange_arrived"),
    re_path(IN + r"open/$", received.open_one, name="exchange_open"),
    re_path(IN + r"answer/$", received.answer, name="exchange_answer"),
    re_path(IN + r"receipt/$", received.receipt, name="exchange_give_receipt"),
    re_path(IN + r"items/(?P<place>\d{1,4})/$", received.item, name="exchange_item"),
    re_path(IN + r"matter/$", received.attach, name="exchange_attach"),
    re_path(IN + r"matter/(?P<key>[a-z_]{1,30}/[a-z_]{1,40})/$", received.begin, name="exchange_begin"),
    re_path(r"^api/exchange/uploads/?$", arriving.begin, name="exchange_uploads"),
    re_path(rf"^api/exchange/uploads/{ARRIVAL}/?$", arriving.piece, name="exchange_upload"),
    re_path(rf"^api/exchange/uploads/{ARRIVAL}/finish/?$", arriving.finish, name="exchange_upload_finish"),
]
