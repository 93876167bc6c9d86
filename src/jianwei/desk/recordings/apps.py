from __future__ import annotations

from django.apps import AppConfig


class RecordingsConfig(AppConfig):
    name = "jianwei.desk.recordings"
    label = "recordings"
    verbose_name = "录音录像"
    default_auto_field = "django.db.models.BigAutoField"
