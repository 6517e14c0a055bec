"""A whole round on an invented family, from the audit form to the collation."""
