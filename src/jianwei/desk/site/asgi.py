"""The ASGI application that uvicorn serves."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from jianwei.desk.site import room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jianwei.desk.site.settings")
application = room.kept(get_asgi_application(), settings.JIANWEI_HOME)
