from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "jianwei.desk.exchange"
    label = "exchange"
    verbose_name = "移送"
    default_auto_field = "django.db.models.BigAutoField"
