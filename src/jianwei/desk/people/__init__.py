"""Offices on four levels, users, roles, row scope and the audit trail."""
