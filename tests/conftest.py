"""What did not run is said loudly at the end: a skipped promise is not a kept one."""

from __future__ import annotations

from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reasons = {report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", [])}
    if reasons:
        terminalreporter.write_line(f"!!!!!! 未运行：{'；'.join(sorted(reasons))} !!!!!!", red=True, bold=True)
