"""From the plan to departments' workbooks, and from their workbooks to checked rows."""
