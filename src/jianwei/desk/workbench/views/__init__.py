"""Pages of the workbench: the three columns, the calendar, the warnings."""
