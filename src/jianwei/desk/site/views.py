"""The way in, and the pages that say no."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jianwei.desk.people.acting import acting
from jianwei.desk.people.roles import Role

FIRST_PAGE = {Role.SYSTEM_ADMIN: "accounts", Role.SECURITY_ADMIN: "account", Role.AUDIT_ADMIN: "trail"}


def home(request: HttpRequest) -> HttpResponse:
    """Each role begins where its work is."""
    return redirect(FIRST_PAGE.get(Role(acting(request).role), "workbench"))


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said(request, 400, "请求无法理解", "地址或表单内容不完整。请返回上一页重试。")


@login_not_required
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said(request, 403, "您的职责不能打开此页", str(exception) or "如需使用，请联系安全管理员调整职责。")


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said(request, 404, "没有找到", "地址有误，或内容不在您的管辖范围内。")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    return _said(request, 500, "系统出错", "本次操作没有完成，数据未改动。请稍后重试；反复出现时请联系系统管理员。")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _said(request, 403, "页面已过期", "登录状态已变化或表单放置过久。请返回上一页，刷新后重新提交。")


def _said(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """An error page. It stands without a session, so that it can be shown whatever failed."""
    return render(request, "error.html", {"code": status, "title": title, "text": text, "bare": True}, status=status)
