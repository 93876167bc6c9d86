from __future__ import annotations

from django.urls import re_path

from jianwei.desk.documents.views import after, listing, own, page, register, writing
from jianwei.desk.site.lists import routes

KEY = r"(?P<key>[a-z_]{1,20}/[a-z_]{1,40})"
ONE = r"^documents/(?P<document_id>\d{1,15})/"
VERSION = ONE + r"versions/(?P<n>\d{1,6})"

urlpatterns = [
    *routes(r"^documents/", listing.index, "documents"),
    re_path(r"^matters/(?P<matter_id>\d{1,12})/documents/$", listing.of_matter, name="matter_documents"),
    *routes(r"^documents/register/", register.index, "documents_register"),
    re_path(r"^documents/short-name/$", own.short_name, name="documents_short_name"),
    re_path(r"^documents/kinds/$", writing.choose, name="documents_kinds"),
    re_path(rf"^documents/kinds/{KEY}/$", own.template, name="documents_template"),
    re_path(rf"^documents/kinds/{KEY}\.docx$", own.template_file, name="documents_template_file"),
    re_path(rf"^documents/new/{KEY}/$", writing.new, name="documents_new"),
    re_path(ONE + r"$", page.page, name="documents_one"),
    re_path(ONE + r"edit/$", writing.edit, name="documents_edit"),
    re_path(ONE + r"upload/$", writing.upload, name="documents_upload"),
    re_path(ONE + r"acts/(?P<verb>[a-z_]{1,12})/$", page.act, name="documents_act"),
    re_path(ONE + r"services/$", after.serve, name="documents_serve"),
    re_path(ONE + r"services/(?P<service_id>\d{1,15})/$", after.receipt, name="documents_receipt"),
    re_path(ONE + r"replies/$", after.reply, name="documents_reply"),
    re_path(VERSION + r"\.docx$", page.word, name="documents_word"),
    re_path(VERSION + r"\.pdf$", page.pdf, name="documents_pdf"),
    re_path(VERSION + r"/print/$", page.printed, name="documents_print"),
]
