"""How fast the log is, each figure beside what this machine could do at best, all measured in one run."""

from jianwei.seal.bench.report import report

__all__ = ["report"]
