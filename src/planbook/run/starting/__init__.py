"""A project folder of a plan of one's own, made from a spreadsheet of goals and measures."""
