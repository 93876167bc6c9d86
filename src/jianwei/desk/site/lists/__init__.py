"""Lists: a room declares a plan, and its list pages, filters, sorts, saves views and exports by itself."""

from jianwei.desk.site.lists.answer import answer, routes
from jianwei.desk.site.lists.listing import Listing
from jianwei.desk.site.lists.plan import Column, Days, Filter, Plan
from jianwei.desk.site.lists.rows import MOST_ROWS, Rows, Tally

__all__ = ["MOST_ROWS", "Column", "Days", "Filter", "Listing", "Plan", "Rows", "Tally", "answer", "routes"]
