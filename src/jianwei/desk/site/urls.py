"""Every address of the desk."""

from __future__ import annotations

from django.urls import include, path

from jianwei.desk.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("jianwei.desk.workbench.urls")),
    path("", include("jianwei.desk.listeners.urls")),
    path("", include("jianwei.desk.people.urls")),
    path("", include("jianwei.desk.clues.urls")),
    path("", include("jianwei.desk.matters.urls")),
    path("", include("jianwei.desk.documents.urls")),
    path("", include("jianwei.desk.evidence.urls")),
    path("", include("jianwei.desk.exchange.urls")),
    path("", include("jianwei.desk.recordings.urls")),
    path("", include("jianwei.desk.trails.urls")),
    path("", include("jianwei.desk.cards.urls")),
    path("", include("jianwei.desk.search.urls")),
    path("", include("jianwei.desk.allotment.urls")),
]

handler400 = "jianwei.desk.site.views.bad_request"
handler403 = "jianwei.desk.site.views.forbidden"
handler404 = "jianwei.desk.site.views.not_found"
handler500 = "jianwei.desk.site.views.broken"
