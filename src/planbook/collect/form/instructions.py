"""Sheet 说明 of the template: what to fill in, how, by when, and whom to ask."""

from __future__ import annotations

from planbook.collect.form.form import Form
from planbook.collect.layout import (
    FEEDBACK_SHEET,
    MEASURES,
    NOT_APPLICABLE,
    PROJECTS,
    REPLIES,
    REVISIONS,
    TASKS,
    VALUES,
)
from planbook.periods import span_label

HEADINGS = ("事项", "怎么填", "示例")
WIDTHS = (16.0, 84.0, 42.0)

_CORRECT_OR_STRIP = (
    f"收到「{FEEDBACK_SHEET}」后，在原表中更正后重新报送；直接在附回的副本中更正的，"
    f"删去其中的「{FEEDBACK_SHEET}」表后报送。"
)
_SENT_BACK = {  # a version keeps its words, so that its forms can be made again to the byte
    "1": f"收到「{FEEDBACK_SHEET}」后，可在附回的工作簿中更正，重新报送即可。"
}


_TOLD_BEFORE = "已填好的是月度快报报过的同一时期的数：有变化的改，没有变化的不动。"


def instructions(form: Form) -> tuple[tuple[str, str, str], ...]:
    """Return the rows of 说明: subject, what to do, example."""
    end, began = form.edition.end, form.year.before(form.edition.end).plus(1)
    begins = "年初" if form.year.is_calendar else f"财年初（{began.month}月）"
    ask = f"{form.contact}。" if form.contact else "向下发本表的单位咨询。"
    return (
        (
            "报送",
            f"请于{form.deadline}前报送本工作簿（.xlsx），不要改存为 .xls、.et 或 PDF，不要加密码。"
            f"{_sheets(form)}「{REVISIONS.sheet}」登记对以前各期数据的改动。",
            "不要另建表格代替本工作簿",
        ),
        (
            "只填黄色单元格",
            "灰色单元格是以前各期数据和目标，供核对，已锁定。请勿增删行列、改动表头、合并单元格或"
            "新增工作表。粘贴时用「选择性粘贴—数值」。字变红是没有填成数字，变橙是超出常见范围，"
            "请核对。",
            "",
        ),
        (
            "本期值",
            "只填数字，不带单位、文字和批注；单位以「计量单位」列为准。计算得出的数请粘贴为数值。"
            + ("" if all(line.carried is None for line in form.values) else _TOLD_BEFORE),
            "1234.5（不写 1,234.5亿元）",
        ),
        (
            "三种情况",
            f"没有发生填 0；不适用填「{NOT_APPLICABLE}」；暂无数据留空，并在备注说明。三者含义"
            "不同，不要互相代替。",
            f"0 ｜ {NOT_APPLICABLE} ｜（留空）",
        ),
        (
            "数据时期",
            "已按应报时期填好。手头数据不到该时期的，在下拉列表中选择数据实际所到的时期。累计数从"
            f"{begins}起算，期末数是该月末的数，规划期以来累计从起算月起算。",
            f"{span_label(began, end)} ｜ {end.words}末",
        ),
        (
            "口径",
            "数据覆盖的地域范围。与表中所列不一致的，改选实际口径，并在备注说明。口径不同的数据"
            "不作比较。",
            "、".join(form.scopes),
        ),
        (
            "上年同期值、同比",
            "上年同期值与本期同一口径、同一时段。同比按主管部门口径填报，不必与两列数值计算的结果相同，"
            "但要选择同比类型。只填百分号前的数字。",
            "增长3.2%填 3.2 ｜ 下降3.2%填 -3.2",
        ),
        (
            "数据状态",
            "快报：初步汇总数；初核：部门核实数；终核：年报或最终核定数；估计：推算数。",
            "",
        ),
        *_explaining(form),
        *_keeping(form),
        (
            "修订",
            f"以前各期已报的数据有改动的，在「{REVISIONS.sheet}」表逐条登记原值、新值和原因，一行一个"
            "指标、一个时期。没有改动的留空。",
            "原值 512.3，新值 515.8，原因：年报核定",
        ),
        *_with_measures(form),
        *_with_tasks(form),
        *_with_projects(form),
        *_replying(form),
        (
            "签署",
            f"单位负责人、审核人、填报人在「{VALUES.sheet}」下方签署，填写电话和日期。姓名和电话只用于"
            "核对，不对外公布。",
            "",
        ),
        ("咨询", ask + _SENT_BACK.get(form.template_version, _CORRECT_OR_STRIP), ""),
    )


def _explaining(form: Form) -> tuple[tuple[str, str, str], ...]:
    """Return what is said of 核实说明, where the form has it."""
    if not form.layout.values.has("confirmed"):
        return ()
    return (
        (
            "核实说明",
            "核对意见要求核实的数（与以往相差十倍以上、与上年同期值或同比不符、超出常见范围等），改正后重新"
            "报送；确认无误的，在「核实说明」写明原因（至少四个字），即可采用。说明与数据一并公布，"
            "不写姓名和电话。",
            "并购两家企业后首次并表",
        ),
    )


def _keeping(form: Form) -> tuple[tuple[str, str, str], ...]:
    """Return what is said of 公开范围, where the form has it."""
    if not form.layout.values.has("visibility"):
        return ()
    return (
        (
            "公开范围",
            "数据来自不足三家企业、能推算出单个企业情况的，或者按规定不对外公布的，选「内部」："
            "有一期为「内部」，该指标各期的数值和判定就只在内部版刊出，公开版注明「不公开」，免得由"
            "其他各期推算出来。可以公布的留空。",
            "内部",
        ),
    )


def _with_measures(form: Form) -> tuple[tuple[str, str, str], ...]:
    """Return what is said of 举措, where the form asks for any."""
    if not form.measures:
        return ()
    how = (
        "逐条从下拉列表选择状态。进展写可核实的事实；受阻的写明原因；已完成的填完成年月。持续推进的"
        "举措没有「已完成」，每年开展的按本年是否已开展填报。"
    )
    carried = (
        "状态已照上期填好：有变化的改，没有变化的不动，签署即确认，视同本期填报。已完成和本年已开展的，进展和"
        "完成时间也已照填；其余的，进展写本期情况。状态空着的是没有报过的，或者每年开展、本年还没有报过的，"
        "请填写。"
    )
    headed = "灰底的行是领域名称，不填。" if form.has_groups else ""
    told = f"{carried}{headed}" if form.layout.carries else ""
    return (("举措", told + how, f"已完成，{form.edition.end}"),)


def _sheets(form: Form) -> str:
    """Return which sheets there are to fill in, but for the last."""
    said = [f"「{VALUES.sheet}」一行一个应报指标，"]
    if form.measures:
        said.append(f"「{MEASURES.sheet}」一行一条举措，")
    if form.has_tasks:
        said.append(f"「{TASKS.sheet}」一行一项任务，")
    if form.has_projects:
        said.append(f"「{PROJECTS.sheet}」一行一个项目，")
    if _asks_for_replies(form):
        said.append(f"「{REPLIES.sheet}」一行一项交办本单位的事项，")
    return f"{'两三四五六'[len(said) - 1]}张表：{''.join(said)}"


def _with_tasks(form: Form) -> tuple[tuple[str, str, str], ...]:
    """Return what is said of 年度任务, where the form has the sheet."""
    if not form.has_tasks:
        return ()
    report = (
        f"「{TASKS.sheet}」前几行是已核定、尚未完成的任务，逐项选择状态，在「进展与佐证」写到期末做到哪一步；"
        "已完成的写成果和文号等佐证，受阻的写原因。不能按时限完成的，在「拟调整时限」写拟调整到的年月，核定后生效。"
        "注明「公开」的，所填内容随公开版刊出；对应的举措「进展」留空的，以这里所写的代替，不必写两遍。"
    )
    waiting = any(line.carried for line in form.proposed)
    came = (
        "几行是以前提出、待核定的任务，照留即可，不再提出的告知分析人员；再后的" if waiting else ""
    )
    propose = (
        f"其后{came}空行提出{form.task_year}的新任务：选择举措或目标，写任务、成果形式和完成时限；核定后列入"
        "下一期的模板。上年没有完成的已在前几行，写拟调整时限即可，不再另填一行。"
    )
    agreed = report if form.tasks else ""
    return (
        (
            "年度任务",
            agreed + (propose if form.task_rows else ""),
            f"印发实施方案，实施方案，{form.edition.end.plus(3)}",
        ),
    )


def _with_projects(form: Form) -> tuple[tuple[str, str, str], ...]:
    """Return what is said of 重点项目, where the form has the sheet."""
    if not form.has_projects:
        return ()
    known = (
        f"「{PROJECTS.sheet}」前几行是本单位已入库的项目，照上期的情况填好：有变化的改，没有变化的不动，不要删行。"
        "阶段有进退的改选阶段；节点完成的写下一个节点，没有按时完成的改节点时限，并在「存在问题」写原因；"
        "不再推进的选「退库」，写退库原因。"
    )
    return (
        (
            "重点项目",
            (known if form.projects else f"「{PROJECTS.sheet}」填本单位的重点项目。")
            + "新项目填在空行，一行一个，只由一个单位填报，编号由系统给定。投资额以亿元计，累计完成"
            "投资从前期工作算起。领域由举措或目标推定，不必另填。项目不对外公布，可以公开的在「公开范围」选「公开」。",
            f"前期，总投资 3.5，下一节点「取得施工许可」，{form.edition.end.plus(3)}",
        ),
    )


def _replying(form: Form) -> tuple[tuple[str, str, str], ...]:
    """Return what is said of 督办事项, where the form has the sheet."""
    if not _asks_for_replies(form):
        return ()
    return (
        (
            "督办事项",
            f"「{REPLIES.sheet}」列出交办本单位、尚未销号的事项。逐项从下拉列表选择办理状态，在「办理情况」"
            "写到期末办理到哪一步；已办结的写结果，受阻的写原因和需要协调的事项。报「已办结」后由交办单位"
            "核实销号，销号以前每期都列出。「交办依据」注明「公开」的，所填内容随公开版刊出，不宜公开的不要写；"
            "没有注明的，只在内部版刊出。",
            "办理中，已完成选址，正在办理用地手续",
        ),
    )


def _asks_for_replies(form: Form) -> bool:
    return form.layout.replies is not None and bool(form.replies)
