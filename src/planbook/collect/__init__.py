"""From the plan to departments' workbooks, and from their workbooks to checked rows."""

from planbook.collect.decided.corrections import Correction, read_corrections
from planbook.collect.decided.csv_inputs import (
    read_annual_targets,
    read_assessments,
    read_baselines,
)
from planbook.collect.file_names import submission_name
from planbook.collect.form.blank import PriorKnowledge, blank_form
from planbook.collect.form.form import Form, MeasureLine, RevisionLine, SignOff, ValueLine
from planbook.collect.form.template import workbook_bytes, write_workbook
from planbook.collect.inbox.submissions import Submissions, read_submissions
from planbook.collect.read.submission import Submission
from planbook.collect.read.workbook_reader import read_submission

__all__ = [
    "Correction",
    "Form",
    "MeasureLine",
    "PriorKnowledge",
    "RevisionLine",
    "SignOff",
    "Submission",
    "Submissions",
    "ValueLine",
    "blank_form",
    "read_annual_targets",
    "read_assessments",
    "read_baselines",
    "read_corrections",
    "read_submission",
    "read_submissions",
    "submission_name",
    "workbook_bytes",
    "write_workbook",
]
