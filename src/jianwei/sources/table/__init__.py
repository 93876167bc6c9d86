"""Agencies' tables: which record a table is, which column is which, and what a cell says."""
