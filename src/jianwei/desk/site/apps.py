from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "jianwei.desk.site"
    label = "site"
    verbose_name = "工作台"
