"""The data interface: what its files say is what the tables say, and their keys stay."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import jsonschema
import pandas as pd
import pytest
from syrupy.assertion import SnapshotAssertion

from planbook.contract import TEXT, Contract
from planbook.edition_acts import EditionState
from planbook.edition_frames import EDITIONS, EditionRow
from planbook.frames import ANNUAL_VERDICTS, HISTORY, OBSERVATIONS, REVISIONS, VERDICTS
from planbook.periods import TimePeriod
from planbook.present.notebook.opened import OpenBook
from planbook.present.redaction import redacted
from planbook.present.views import GoalView
from planbook.produce.data_api.api_files import api_files
from planbook.produce.data_api.api_record import VERSION
from planbook.produce.data_api.dataset_ld import dataset_ld
from planbook.produce.data_api.goal_json import value_status
from planbook.produce.data_api.goal_parts import ValueStatus
from planbook.produce.downloads.offer import downloads, listed
from planbook.project_frames import PROJECTS
from planbook.run.pipeline import open_book
from planbook.task_frames import PENDING_TASKS, TASKS
from planbook.vocabulary import ObsStatus, Rating, Visibility
from planbook.watch_frames import ACTIONS, ALERTS
from tests.present.watch_rows import action_row, alert_row
from tests.present_rows import project, task
from tests.produce.hostile import FORMULAS, MARKUP

Json = dict[str, Any]
SCHEMAS = ("index", "goal", "projects")
GOAL, PEOPLE = "software-revenue", "overall-signature-clusters"


@pytest.fixture(scope="module", params=["demo", "live"])
def book(request: pytest.FixtureRequest) -> OpenBook:
    return open_book(request.param)


@pytest.fixture(scope="module")
def demo() -> OpenBook:
    return open_book("demo")


def parsed(book: OpenBook) -> dict[str, Json]:
    files = api_files(book)
    return {name: json.loads(files[name]) for name in files if name.endswith(".json")}


def goals_of(files: Mapping[str, Json]) -> Iterator[Json]:
    return (file for name, file in files.items() if name.startswith("api/goals/"))


def validator(schema: Json) -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_every_file_is_what_its_schema_says(book: OpenBook) -> None:
    files = parsed(book)
    schemas = {name: validator(files[f"api/schema/{name}.json"]) for name in SCHEMAS}
    schemas["index"].validate(files["api/index.json"])
    schemas["projects"].validate(files["api/projects.json"])
    for goal in goals_of(files):
        schemas["goal"].validate(goal)
        assert goal["schema"] == "../schema/goal.json"


@pytest.mark.parametrize(
    ("group", "key", "value"),
    [
        ("verdict", "pace", "1.02"),
        ("verdict", "rating", "还行"),
        ("verdict", "latest_period", "2026-13"),
        ("baseline", "status", None),
        ("book", "demonstration", "true"),
    ],
)
def test_the_schema_refuses_other_values(
    demo: OpenBook, group: str, key: str, value: object
) -> None:
    files = parsed(demo)
    goal = files[f"api/goals/{GOAL}.json"]
    goal[group][key] = value
    assert not validator(files["api/schema/goal.json"]).is_valid(goal)


def test_the_schema_misses_a_key_that_is_not_there_and_allows_new_ones(demo: OpenBook) -> None:
    files = parsed(demo)
    goal, check = files[f"api/goals/{GOAL}.json"], validator(files["api/schema/goal.json"])
    goal["verdict"]["added_later"] = 1
    assert check.is_valid(goal)
    del goal["verdict"]["pace"]
    assert not check.is_valid(goal)


def shape(schema: Json, part: Json, name: str) -> Iterator[str]:
    """Yield every key below a part of the schema with what it may hold, a line each."""
    part = schema["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
    options = part.get("anyOf", [part])
    items = [option["items"] for option in options if "items" in option]
    held = [schema["$defs"][o["$ref"].rpartition("/")[2]] if "$ref" in o else o for o in options]
    kinds = [option["type"] + (" of words" if "enum" in option else "") for option in held]
    yield f"{name}: {' or '.join(kinds)}"
    for item in items:
        yield from shape(schema, item, f"{name}[]")
    for key, inner in part.get("properties", {}).items():
        yield from shape(schema, inner, f"{name}.{key}")


def test_keys_stay_as_they_were_published(demo: OpenBook, snapshot: SnapshotAssertion) -> None:
    """A key that goes or changes breaks others' programs: it needs a new `VERSION`."""
    files = parsed(demo)
    lines = [f"version {VERSION}"]
    for name in SCHEMAS:
        schema = files[f"api/schema/{name}.json"]
        lines += shape(schema, schema, name)
    assert "\n".join(lines) == snapshot


def test_a_goal_tells_its_warnings_and_actions(demo: OpenBook) -> None:
    tables = replace(
        demo.tables,
        alerts=ALERTS.frame(
            [alert_row("outlier", measured=3.0), alert_row("reversal", goal_id="x")]
        ),
        actions=ACTIONS.frame([action_row("a1"), action_row("a2", goal_id="x")]),
    )
    files = parsed(replace(demo, tables=tables))
    goal = files[f"api/goals/{GOAL}.json"]
    validator(files["api/schema/goal.json"]).validate(goal)
    (alert,), (action,) = goal["alerts"], goal["actions"]
    assert (alert["alert_rule"], alert["since"], alert["measured"]) == ("outlier", "2026-Q3", 3.0)
    assert (action["action_id"], action["due_month"], action["reply"]) == ("a1", "2026-12", None)
    assert files[f"api/goals/{PEOPLE}.json"]["alerts"] == []


def test_a_goal_tells_its_yearly_tasks(demo: OpenBook) -> None:
    rows = [
        task("t2", goal_id=GOAL, measure_id=""),
        task("t1", goal_id=GOAL, measure_id="", task_state="overdue", due_month="2026-06"),
        task("t3"),
    ]
    files = parsed(replace(demo, tables=replace(demo.tables, tasks=TASKS.frame(rows))))
    goal = files[f"api/goals/{GOAL}.json"]
    validator(files["api/schema/goal.json"]).validate(goal)
    told = [(row["task_id"], row["task_state"], row["due_month"]) for row in goal["tasks"]]
    assert told == [("t1", "overdue", "2026-06"), ("t2", "near", "2026-12")]
    assert goal["tasks"][0]["asked_month"] is None
    assert files[f"api/goals/{PEOPLE}.json"]["tasks"] == []


def test_a_goal_tells_what_is_proposed_and_the_public_book_does_not(demo: OpenBook) -> None:
    rows = [proposed("t1"), proposed("t2", dropped="另行安排", decided_in="会议"), proposed("t3")]
    rows[2] |= {"goal_id": "", "measure_id": "some-measure"}
    tables = replace(demo.tables, pending_tasks=PENDING_TASKS.frame(rows))
    files = parsed(replace(demo, tables=tables))
    goal = files[f"api/goals/{GOAL}.json"]
    validator(files["api/schema/goal.json"]).validate(goal)
    told = [(row["task_id"], row["decided_in"], row["dropped"]) for row in goal["pending_tasks"]]
    assert told == [("t1", None, None), ("t2", "会议", "另行安排")]
    public = redacted(demo.plan, tables).tables
    left = parsed(replace(demo, tables=public, visibility=Visibility.PUBLIC))
    assert left[f"api/goals/{GOAL}.json"]["pending_tasks"] == []


def proposed(id: str, **more: object) -> dict[str, object]:
    row = {
        "task_id": id,
        "goal_id": GOAL,
        "measure_id": "",
        "task": "建平台",
        "deliverable": "平台",
    }
    row |= {"submitting_unit": "software", "due_month": "2027-06", "proposed_in": "2026-Q3"}
    return {
        **row,
        "decided_in": "",
        "dropped": "",
        "edition": "2026-Q3",
        "demonstration": True,
    } | more


def test_the_reserve_is_told_by_stage_and_project_and_a_goal_tells_its_own(demo: OpenBook) -> None:
    rows = [
        project("p1", goal_id=GOAL, measure_id="", total_investment=None),
        project("p2", change="left", stage="left", left_reason="企业撤资"),
    ]
    files = parsed(replace(demo, tables=replace(demo.tables, projects=PROJECTS.frame(rows))))
    reserve = files["api/projects.json"]
    validator(files["api/schema/projects.json"]).validate(reserve)
    stages = {each["label"]: each["count"] for each in reserve["stages"]}
    assert stages == {"谋划": 0, "储备": 0, "前期": 1, "开工": 0, "在建": 0, "投产": 0}
    assert {each["total_investment"] for each in reserve["stages"]} == {None}
    assert [each["left_reason"] for each in reserve["projects"]] == [None, "企业撤资"]
    goal = files[f"api/goals/{GOAL}.json"]
    validator(files["api/schema/goal.json"]).validate(goal)
    assert [each["project_id"] for each in goal["projects"]] == ["p1"]
    assert files[f"api/goals/{PEOPLE}.json"]["projects"] == []


def test_every_key_has_a_chinese_name(demo: OpenBook) -> None:
    files = parsed(demo)
    for name in SCHEMAS:
        schema = files[f"api/schema/{name}.json"]
        for part in (schema, *schema["$defs"].values()):
            for key, described in part.get("properties", {}).items():
                assert any("\u4e00" <= c <= "\u9fff" for c in described["title"]), key


def equal(given: object, cell: object) -> bool:
    """Whether a value of a file is what stands in the table: null is an empty cell."""
    if given is None:
        return cell == "" or (isinstance(cell, float) and math.isnan(cell))
    if isinstance(given, list):
        words = [str(item["code"] if isinstance(item, dict) else item) for item in given]
        return cell == " ".join(words)
    if isinstance(given, int) and not isinstance(given, bool) and isinstance(cell, str):
        return cell == str(given)  # a year
    return given == cell


def same(given: Json, row: Mapping[str, Any], contract: Contract[Any]) -> int:
    """Hold what a file says against a row of the table; return how many values it took."""
    shared = given.keys() & contract.columns.keys()
    for column in shared:
        assert equal(given[column], row[column]), (column, given[column], row[column])
    return len([column for column in shared if contract.columns[column] != TEXT])


def test_every_number_is_that_of_the_tables(book: OpenBook) -> None:
    files, tables = parsed(book), book.tables
    verdicts = {row["goal_id"]: row for row in records(tables.verdicts)}
    entries = {entry["goal_id"]: entry for entry in files["api/index.json"]["goals"]}
    assert list(entries) == list(verdicts)
    taken = 0
    for goal in goals_of(files):
        id, indicator = goal["goal_id"], goal["indicator"]["indicator_id"]
        row = verdicts[id]
        for part in (goal, goal["verdict"], goal["baseline"] | {"scope": row["scope"]}):
            taken += same(part, row, VERDICTS)
        assert same(entries[id], row, VERDICTS)
        target = {name: goal["target"][name] for name in ("kind", "direction", "comparator", "due")}
        same(target | {k: goal["target"][k] for k in ("target_low", "target_high")}, row, VERDICTS)
        for name, contract, column, key in (
            ("history", HISTORY, "goal_id", id),
            ("observations", OBSERVATIONS, "indicator_id", indicator),
            ("annual_targets", ANNUAL_VERDICTS, "goal_id", id),
            ("revisions", REVISIONS, "indicator_id", indicator),
        ):
            rows = [r for r in records(getattr(tables, contract.name)) if r[column] == key]
            assert len(goal[name]) == len(rows)
            for given, kept in zip(goal[name], ordered(rows, name), strict=True):
                taken += same(given, kept, contract)
    assert taken > 50 * len(entries)


def records(frame: pd.DataFrame) -> list[Json]:
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


def ordered(rows: list[Json], name: str) -> list[Json]:
    return sorted(rows, key=lambda row: row["time_period"]) if name == "observations" else rows


def test_an_absent_value_is_null_beside_the_reason(book: OpenBook) -> None:
    there = {ValueStatus.NORMAL, ValueStatus.ESTIMATED}
    for goal in goals_of(parsed(book)):
        for verdict in (goal["verdict"], *goal["history"]):
            assert (verdict["latest_value"] is not None) == (verdict["value_status"] in there)
            assert (verdict["reason"] is not None) == (verdict["rating"] == Rating.NOT_ASSESSABLE)
        base = goal["baseline"]
        assert (base["baseline_value"] is not None) == (base["status"] == "known")
        for value in goal["observations"]:
            if value["obs_value"] is None and value["yoy"] is None:
                assert value["obs_status"] not in there


def status(view: GoalView, **changes: Any) -> ValueStatus:
    blank: Json = {"latest_value": None, "latest_period": None, "latest_status": None}
    return value_status(view.at(replace(view.verdict, **(blank | changes))))


def test_why_there_is_no_value_is_told_apart(demo: OpenBook) -> None:
    view, month = demo.views[GOAL], TimePeriod.parse("2026-09")
    assert status(demo.views[PEOPLE]) == "by_people"
    assert status(view, owed_period=None) == "not_owed"
    assert status(view, owed_period=month) == "not_sent"
    for word in (ObsStatus.NOT_APPLICABLE, ObsStatus.NOT_SENT, ObsStatus.REFUSED):
        assert status(view, latest_status=word) == word.value
    told: Json = {"latest_period": month, "latest_status": ObsStatus.NORMAL}
    assert status(view, **told) == "growth_only"
    assert status(view, **told, latest_value=0.0) == "normal"


def test_every_status_of_an_observation_can_be_a_goals() -> None:
    assert {word.value for word in ObsStatus} <= {word.value for word in ValueStatus}


def test_counts_by_rating_are_of_all_goals(demo: OpenBook) -> None:
    index = parsed(demo)["api/index.json"]
    counts = {entry["rating"]: entry["count"] for entry in index["ratings"]}
    assert set(counts) == set(Rating)
    assert sum(counts.values()) == index["goal_count"] == len(index["goals"])
    assert counts == {r: list(demo.tables.verdicts["rating"]).count(r) for r in Rating}


def test_links_lead_to_files_of_the_book(demo: OpenBook) -> None:
    files = downloads(demo)
    index = json.loads(files["api/index.json"])
    assert {f"api/{name}" for name in index["files"]} < set(files)
    for entry in index["goals"]:
        assert f"api/{entry['data']}" in files
        assert entry["page"] == f"../goals/{entry['goal_id']}.html"
        links = json.loads(files[f"api/{entry['data']}"])["links"]
        assert links["index"] == "../index.json"
        series = links["series"]
        assert (series is None) == (entry["value_status"] == "by_people")
        assert series is None or series.removeprefix("../../") in files


def test_the_same_inputs_give_the_same_bytes() -> None:
    assert api_files(open_book("demo")) == api_files(open_book("demo"))


def test_each_file_says_that_it_is_a_demonstration(demo: OpenBook) -> None:
    files = parsed(demo)
    for file in (files["api/index.json"], *goals_of(files)):
        assert file["book"]["demonstration"] is True
        assert "不是真实统计" in file["book"]["notice"]
    assert files["api/sdmx/structure.json"]["meta"]["test"] is True
    live = parsed(open_book("live"))
    assert live["api/index.json"]["book"]["demonstration"] is False
    assert live["api/index.json"]["book"]["notice"] is None


def changed(book: OpenBook, **dataset: Any) -> OpenBook:
    """Return the book as it is made to be published."""
    described = book.dataset.model_copy(update=dataset)
    return replace(book, dataset=described, publication=True)


def test_release_licence_and_address_are_said_where_they_are_known(demo: OpenBook) -> None:
    index = parsed(demo)["api/index.json"]
    unknown = index["book"]
    assert (unknown["release_status"], index["editions"]) == ("not_released", None)
    assert {unknown[k] for k in ("prepared_by", "licence", "address")} == {None}
    known = changed(
        demo,
        prepared_by="发展改革部门",
        site_address="https://example.org/plan",
        licence="注明出处即可使用",
    )
    index = parsed(known)["api/index.json"]
    said = index["book"]
    assert (said["release_status"], index["editions"]) == ("for_release", "../../editions.json")
    assert said["prepared_by"] == "发展改革部门"
    assert said["licence"] == "注明出处即可使用"
    assert said["address"] == "https://example.org/plan/2026-Q3/"
    assert "[R/OL]. [引用日期]. https" in said["citation"]  # a publication does not know its day
    assert "datePublished" not in dataset_ld(known, ())


def test_a_second_correction_says_that_it_corrects_the_first(demo: OpenBook) -> None:
    edition = replace(demo.edition, correction=2)
    own = EDITIONS.frame(
        [
            EditionRow(
                edition=edition,
                label=edition.label,
                edition_state=EditionState.OPEN,
                released="",
                corrects=replace(demo.edition, correction=1),
                reason="又错了",
            )
        ]
    )
    book = OpenBook(demo.plan, replace(demo.tables, editions=own), demo.dataset, edition)
    assert parsed(book)["api/index.json"]["book"]["corrects"] == "2026-Q3.1"


def hostile(book: OpenBook, text: str) -> OpenBook:
    about = book.plan.about.model_copy(update={"title": text, "short_title": text})
    plan = book.plan.model_copy(update={"about": about})
    described = book.dataset.model_copy(update={"title": text})
    return OpenBook(plan, book.tables, described, book.edition)


@pytest.mark.parametrize("text", [*MARKUP, *FORMULAS, "</script><script>alert(1)</script>"])
def test_hostile_names_stay_letter_by_letter_and_end_no_script(demo: OpenBook, text: str) -> None:
    book = hostile(demo, text)
    files = api_files(book)
    assert json.loads(files["api/index.json"])["book"]["plan_title"] == text
    structure = json.loads(files["api/sdmx/structure.json"])
    assert structure["data"]["dataflows"][0]["name"].startswith(text)
    data = dataset_ld(book, listed(book, files))
    assert json.loads(data)["isBasedOn"]["name"] == text
    assert not set("<>&") & set(data)


def test_a_search_for_data_finds_whole_tables(demo: OpenBook) -> None:
    known = changed(demo, site_address="https://example.org/", licence="注明出处即可使用")
    data = json.loads(dataset_ld(known, listed(known, downloads(known))))
    assert data["@type"] == "Dataset"
    assert "示例数据" in data["description"]
    assert data["url"] == "https://example.org/2026-Q3/downloads.html"
    addresses = {item["contentUrl"] for item in data["distribution"]}
    assert "https://example.org/2026-Q3/downloads/goals.csv" in addresses
    assert "https://example.org/2026-Q3/api/sdmx/data.csv" in addresses
    assert not [address for address in addresses if GOAL in address]
