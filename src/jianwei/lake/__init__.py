"""The lake: typed tables in Parquet, each row with where it came from, read alike on DuckDB and on Spark."""

from jianwei.lake.coverage import Coverage
from jianwei.lake.engines import Tables
from jianwei.lake.lake import Lake, LakeBusy
from jianwei.lake.part import Reader, Reading
from jianwei.lake.report import IngestReport, Progress
from jianwei.lake.typed import WrongRow

__all__ = ["Coverage", "IngestReport", "Lake", "LakeBusy", "Progress", "Reader", "Reading", "Tables", "WrongRow"]
