"""What did not run is said loudly at the end: a skipped promise is not a kept one. Properties are tried the same way each time."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings

# The same examples on every run, and as long as a busy machine takes. Look for new ones with --hypothesis-profile=default.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

# A Java that runs for a few minutes spends more on its second compiler than that gains.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reasons = {report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", [])}
    if reasons:
        terminalreporter.write_line(f"!!!!!! 未运行：{'；'.join(sorted(reasons))} !!!!!!", red=True, bold=True)
