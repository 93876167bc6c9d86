"""A person's window on the desk, and the clues that the browser tests look at."""

from __future__ import annotations

from typing import Any

import desk_sample as sample

PAYLOADS = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>", "</textarea><script>alert(1)</script>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>", "{{ 7|add:7 }}{% debug %}", "<a href=javascript:alert(1)>点我</a>",
    "<details open ontoggle=alert(1)>", "</script><script>alert(1)</script>", "<style>*{display:none}</style>", "<form action=//x><input name=q>",
)  # fmt: skip
LONG = "浙江" + "越城前海跨境供应链管理与数字普惠金融信息咨询服务" * 4 + "有限责任公司"
ALL = sample.clue(0)["id"]
HOSTILE = sample.clue(20)["id"]
LONGEST = sample.clue(4)["id"]


_sessions: dict[tuple[str, str], list[Any]] = {}
"""The cookies of who logged in, by address and name."""


class Browsed:
    """One person's window, and everything that went wrong in it."""

    def __init__(self, chromium: Any, desk: tuple[str, dict[str, str]], **context: Any) -> None:
        self.address, self.passwords = desk
        context = {"viewport": {"width": 1366, "height": 768}, "locale": "zh-CN"} | context
        self.page = chromium.new_context(**context).new_page()
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda m: self.wrong.append(m.text) if m.type == "error" else None)
        self.page.on("dialog", lambda d: (self.wrong.append(f"dialog {d.message}"), d.dismiss()))

    def log_in(self, name: str) -> Any:
        """The person's first page; by the form of the log-in once, then by the session that it gave."""
        if cookies := _sessions.get((self.address, name)):
            self.page.context.add_cookies(cookies)
            self.page.goto(f"{self.address}/")
            if "/login/" not in self.page.url:
                return self.page
        self.page.goto(f"{self.address}/login/")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", self.passwords[name])
        self.page.press("#id_password", "Enter")
        self.page.wait_for_url(lambda url: "/login/" not in url)
        _sessions[self.address, name] = self.page.context.cookies()
        return self.page

    def go(self, path: str) -> Any:
        self.page.goto(self.address + path)
        return self.page

    def clue(self, clue_id: str = ALL, query: str = "") -> Any:
        page = self.go(f"/clues/{clue_id}/{query}")
        page.wait_for_selector("#canvas[data-drawn]")
        page.wait_for_selector("#document .text")
        page.wait_for_selector("#rows table")
        page.wait_for_selector("#timeline svg")
        return page
