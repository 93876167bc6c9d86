"""Offices, users, failed logins, and the audit trail."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from jianwei.desk.people.roles import Role


class Office(models.Model):
    """一个检察院。``path`` 是从最高检到本院的代码串，本院及下级的 ``path`` 都以它开头。"""

    class Level(models.IntegerChoices):
        SUPREME = 1, "最高检"
        PROVINCE = 2, "省院"
        CITY = 3, "市院"
        COUNTY = 4, "区县院"

    code = models.CharField("代码", max_length=6, unique=True)
    name = models.CharField("名称", max_length=80)
    level = models.PositiveSmallIntegerField("层级", choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField("层级路径", max_length=40, unique=True)

    class Meta:
        ordering = ["path"]
        verbose_name = "检察院"

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """一名使用人。一人一职责：三个管理员职责因此不可兼任，也都看不到案件数据。"""

    username = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    office = models.ForeignKey(Office, models.PROTECT, related_name="users", verbose_name="所在院")
    role = models.CharField("职责", max_length=20, choices=Role.choices)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须修改密码", default=False)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["office__path", "username"]
        verbose_name = "使用人"
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_has_one_known_role"),
        ]

    def __str__(self) -> str:
        return self.name


class LoginGate(models.Model):
    """一个登录名的失败次数与锁定截止时间。登录名不存在也有一行，使两者看起来一样。"""

    username = models.CharField(max_length=40, unique=True)
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)


class SavedView(models.Model):
    """一人存下的一种列表：在哪一页，筛选、排序与列，都在查询串里。"""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.CharField("列表的地址", max_length=60)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "at", "name"], name="one_view_a_name_a_list")]


class AppendOnly(Exception):
    """审计记录只可追加。"""


class AuditEntry(models.Model):
    """一条审计记录：谁、在哪个院、何时、从哪里、为何、对什么做了什么、结果如何。"""

    at = models.DateTimeField("时间", db_index=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    username = models.CharField("登录名", max_length=40)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    role = models.CharField("职责", max_length=20, blank=True)
    ip = models.CharField("地址", max_length=45, blank=True)
    action = models.CharField("动作", max_length=40, db_index=True)
    object_kind = models.CharField("对象类型", max_length=20, blank=True)
    object_id = models.CharField("对象", max_length=80, blank=True, db_index=True)
    result = models.CharField("结果", max_length=20, default="成功")
    purpose = models.CharField("目的", max_length=200, blank=True)
    detail = models.JSONField("详情", default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name = "审计记录"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly
