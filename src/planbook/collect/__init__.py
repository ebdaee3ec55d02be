"""From the plan to departments' workbooks, and from their workbooks to checked rows."""

from planbook.collect.blank import PriorKnowledge, blank_form
from planbook.collect.corrections import Correction, read_corrections
from planbook.collect.filing import submission_name
from planbook.collect.form import Form, MeasureLine, RevisionLine, SignOff, ValueLine
from planbook.collect.inputs import read_annual_targets, read_assessments, read_baselines
from planbook.collect.reading import read_submission
from planbook.collect.submission import Submission
from planbook.collect.submissions import Submissions, read_submissions
from planbook.collect.template import workbook_bytes, write_workbook

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
