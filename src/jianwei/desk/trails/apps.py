"""The trails as a Django application."""

from django.apps import AppConfig


class TrailsConfig(AppConfig):
    name = "jianwei.desk.trails"
    label = "trails"
