from __future__ import annotations

from django.apps import AppConfig


class ListenersConfig(AppConfig):
    name = "jianwei.desk.listeners"
    label = "listeners"
    verbose_name = "听证员"
    default_auto_field = "django.db.models.BigAutoField"
