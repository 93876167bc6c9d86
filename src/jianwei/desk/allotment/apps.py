from __future__ import annotations

from django.apps import AppConfig


class AllotmentConfig(AppConfig):
    name = "jianwei.desk.allotment"
    label = "allotment"
    verbose_name = "分案"
    default_auto_field = "django.db.models.BigAutoField"
