"""Log-in, one's own account, accounts, and the audit trail."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianwei.desk.people import actions, queries
from jianwei.desk.people.acting import Acting, acting
from jianwei.desk.people.forms import AccountForm, LoginForm, PasswordForm
from jianwei.desk.people.listing import ACCOUNTS, TRAIL
from jianwei.desk.people.login import Outcome, log_in, log_out
from jianwei.desk.people.models import User
from jianwei.desk.people.roles import Role
from jianwei.desk.site.lists import Rows, answer

REFUSED = {
    Outcome.WRONG: "登录名或密码不对。连续失败 5 次，该登录名锁定 30 分钟。",
    Outcome.LOCKED: "连续失败次数过多，该登录名已锁定 30 分钟。请稍后再试，或请系统管理员解锁。",
}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    form = LoginForm(request.POST or None)
    refused, status = "", 200
    if form.is_valid():
        outcome = log_in(request, form.cleaned_data["username"], form.cleaned_data["password"])
        if outcome is Outcome.IN:
            return redirect(_safe_next(request))
        refused, status = REFUSED[outcome], 429 if outcome is Outcome.LOCKED else 401
    page = {"form": form, "refused": refused, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "people/login.html", page, status=status)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    log_out(request)
    return redirect("login")


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    who = acting(request)
    form = PasswordForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and not who.user.check_password(form.cleaned_data["current"]):
            form.add_error("current", "现在的密码不对。")
        if form.is_valid():
            try:
                actions.change_password(who, form.cleaned_data["new"])
            except ValidationError as error:
                form.add_error("new", error)
            else:
                update_session_auth_hash(request, who.user)
                return redirect("account")
        status = 422
    return render(request, "people/account.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def accounts(request: HttpRequest, **asked: str) -> HttpResponse:
    """The accounts; posted, a new one is opened."""
    who = acting(request)
    if who.role != Role.SYSTEM_ADMIN:
        raise PermissionDenied("账户由系统管理员管理。")
    form = AccountForm(who, request.POST or None)
    if request.method != "POST":
        return _accounts(request, who, form, asked)
    if form.is_valid():
        try:
            return _accounts(request, who, AccountForm(who), {}, made=actions.add_user(who, **form.cleaned_data))
        except actions.NameTaken as error:
            form.add_error("username", str(error))
    return _accounts(request, who, form, {}, status=422)


def _accounts(
    request: HttpRequest,
    who: Acting,
    form: AccountForm,
    asked: Mapping[str, str],
    *,
    made: tuple[User, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = Rows(ACCOUNTS, who, queries.users(who))
    return answer(request, rows, "people/accounts.html", asked, status=status, form=form, made=made)


@require_POST
def change_account(request: HttpRequest, user_id: str, verb: str) -> HttpResponse:
    """Close, reopen or unlock one account with a new password. Out of scope is not found."""
    who = acting(request)
    user = get_object_or_404(queries.users(who), pk=int(user_id))
    if verb == "password":
        return _accounts(request, who, AccountForm(who), {}, made=(user, actions.reset_password(who, user)))
    if user.pk != who.user.pk:
        actions.set_active(who, user, active=verb == "open")
    return redirect("accounts")


@require_GET
def trail(request: HttpRequest, **asked: str) -> HttpResponse:
    who = acting(request)
    if who.role != Role.AUDIT_ADMIN:
        raise PermissionDenied("审计记录由审计管理员查看。")
    return answer(request, Rows(TRAIL, who, queries.audit_entries(who)), "list/page.html", asked)


def _safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    own = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if own else "home"
