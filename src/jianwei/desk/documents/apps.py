from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "jianwei.desk.documents"
    label = "documents"
    verbose_name = "文书"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Acts recorded on a matter mark its documents from now on."""
        from jianwei.desk.documents.marking import mark
        from jianwei.desk.matters.following import follow

        follow(mark)
