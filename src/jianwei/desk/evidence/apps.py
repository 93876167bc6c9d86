from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "jianwei.desk.evidence"
    label = "evidence"
    verbose_name = "存证"
    default_auto_field = "django.db.models.BigAutoField"
