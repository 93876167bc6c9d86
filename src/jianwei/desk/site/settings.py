"""Django settings. Everything that differs between installs comes from ``JIANWEI_HOME`` and ``JIANWEI_DATABASE_URL``."""

from __future__ import annotations

import os
from pathlib import Path

from jianwei.desk.site import database, secret

HERE = Path(__file__).resolve().parent
JIANWEI_HOME = Path(os.environ.get("JIANWEI_HOME", ".jianwei")).resolve()
JIANWEI_LAKE = "jianwei.lake.Lake"
"""Dotted path of what opens the lake; tests put a stand-in here."""

DEBUG = False
SECRET_KEY = secret.read(JIANWEI_HOME)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
ROOT_URLCONF = "jianwei.desk.site.urls"
ASGI_APPLICATION = "jianwei.desk.site.asgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "jianwei.desk.site",
    "jianwei.desk.people",
    "jianwei.desk.clues",
    "jianwei.desk.matters",
    "jianwei.desk.documents",
    "jianwei.desk.evidence",
    "jianwei.desk.recordings",
    "jianwei.desk.exchange",
    "jianwei.desk.trails",
    "jianwei.desk.cards",
    "jianwei.desk.search",
    "jianwei.desk.allotment",
    "jianwei.desk.listeners",
    "jianwei.desk.workbench",
]

MIDDLEWARE = [
    "jianwei.desk.site.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "jianwei.desk.site.middleware.NoNul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "jianwei.desk.people.middleware.IdleSession",
    "jianwei.desk.people.middleware.PasswordDue",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "jianwei.desk.site.context.frame",
            ],
        },
    }
]

DATABASES = {"default": database.settings_for(JIANWEI_HOME, os.environ.get("JIANWEI_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["jianwei.desk.people.backend.OfficeBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
# GB/T 22239-2019, 8.1.4.1 b: limit failed logins, end idle sessions. The numbers are chosen.
JIANWEI_LOGIN_FAILURES = 5
JIANWEI_LOCK_MINUTES = 30
JIANWEI_IDLE_MINUTES = 30

SESSION_COOKIE_NAME = "jianwei_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("JIANWEI_HTTPS") == "1"
CSRF_COOKIE_NAME = "jianwei_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "jianwei.desk.site.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
# A document with three hundred defendants is one form of some three thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
JIANWEI_LARGEST_UPLOAD = 512 << 20
# One piece of evidence, which comes in chunks: a camera's card (chosen).
JIANWEI_LARGEST_EVIDENCE = 256 << 30
# Large bodies are put down on the disk that is sized for evidence, not on a small /tmp.
FILE_UPLOAD_TEMP_DIR = str(JIANWEI_HOME)
FILE_UPLOAD_HANDLERS = [
    "jianwei.desk.site.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A refused request is an audit entry where it matters; the log keeps no request bodies.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
