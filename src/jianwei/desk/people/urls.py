from __future__ import annotations

from django.urls import path, re_path

from jianwei.desk.people import saving, views
from jianwei.desk.site.lists import routes

urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("account/", views.account, name="account"),
    *routes("^accounts/", views.accounts, "accounts"),
    re_path(
        r"^accounts/(?P<user_id>\d{1,9})/(?P<verb>open|close|password)/$", views.change_account, name="change_account"
    ),
    path("views/", saving.save, name="save_view"),
    re_path(r"^views/(?P<view_id>\d{1,9})/forget/$", saving.forget, name="forget_view"),
    *routes("^audit/", views.trail, "trail"),
]
