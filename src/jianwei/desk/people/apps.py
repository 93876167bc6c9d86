from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "jianwei.desk.people"
    label = "people"
    verbose_name = "机构与人员"
    default_auto_field = "django.db.models.BigAutoField"
