"""What the notebook 重点项目 calls: the reserve by stage, what an edition changed, what is late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.present.escaping import markdown
from planbook.present.notebook.page import Page, of_book
from planbook.present.prose import Prose
from planbook.present.say.project_words import no_projects, projects_sentence
from planbook.present.tables import project_tables

if TYPE_CHECKING:
    from planbook.present.charts.figure import Figure


@dataclass(frozen=True, eq=False)
class ProjectsPage(Page):
    """The reserve of key projects on one page."""

    def lead(self) -> Prose:
        """Return how large the reserve is, what changed, what is late or to be settled."""
        return Prose(markdown(projects_sentence(self.book)))

    def funnel(self) -> Figure | Prose:
        """Return the chart of projects and investment by stage, or that there are none."""
        from planbook.present.charts.project_funnel import project_funnel  # noqa: PLC0415 - matplotlib, 0.5 s

        return project_funnel(self.book) or Prose(no_projects(self.book))

    stages = of_book(project_tables.stages_table)
    changes = of_book(project_tables.changes_table)
    nodes = of_book(project_tables.nodes_table)
    needs = of_book(project_tables.needs_table)
    by_field = of_book(project_tables.fields_table)
    list = of_book(project_tables.projects_table)
