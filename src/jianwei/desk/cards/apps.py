from __future__ import annotations

from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "jianwei.desk.cards"
    label = "cards"
    verbose_name = "案卡"
    default_auto_field = "django.db.models.BigAutoField"
