"""From saved tables to what people read: sentences, tables, figures and pages. Pure functions."""
