"""A county's annual work report as a new user types it: the template filled in with openpyxl.

The county and its figures are made up.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from planbook.run.starting.list_template import template_bytes

Change = Callable[[Workbook], None]

ABOUT = {
    "方案全称": "云溪县2025年《政府工作报告》目标任务",
    "方案简称": "县政府工作报告",
    "书名": "云溪县政府工作报告进展",
    "发布机关": "云溪县人民政府",
    "发布日期": "2025-01-16",
    "地区称呼": "全县",
    "总体目标": "全县经济运行稳中有进，民生福祉持续改善。",
    "起点": "2024-12",
    "到期": "2025-12",
    "第一期": "2025-Q1",
    "编制单位": "县政府督查室",
}
UNITS = (
    ("县发展和改革委员会", "县发改委", "fgw"),
    ("县统计局", None, None),
    ("县农业农村局", "县农业局", "nyj"),
    ("县教育局", None, "jyj"),
    ("县人力资源和社会保障局", "县人社局", None),
)
FIELDS = (
    ("经济增长", "综合目标", "一、主要预期目标", "一", "县统计局"),
    ("投资和项目", None, None, "一", "县发改委"),
    ("现代农业", "乡村振兴", "二、推进乡村全面振兴", "二", "nyj"),
    ("教育就业", "民生实事", "三、办好民生实事", "三", "县教育局"),
    ("政务服务", "自身建设", None, "四", "县发展和改革委员会"),
)
GOAL_KEYS = (
    "领域", "目标名称", "原文", "目标类型", "目标值", "怎样算达到", "计量单位", "基期值",
    "基期值来源", "多久有一个数", "填报单位",
)  # fmt: skip
_BULLETIN = "县统计局2024年统计公报"
GOALS: tuple[tuple[object, ...], ...] = (
    ("经济增长", "地区生产总值增速", "地区生产总值增长6%左右", "较基年增长", 6, "左右", "亿元", 186.4, _BULLETIN, None, None),
    ("经济增长", "规上工业营业收入", "规上工业营业收入达到210亿元", "年度总量", 210, None, "亿元", 192.5, _BULLETIN, "每月", None),
    ("经济增长", "社会消费品零售总额", "社会消费品零售总额突破80亿元", "年度总量", 80, "超过", "亿元", 74.2, _BULLETIN, None, None),
    ("经济增长", "一般公共预算收入", "一般公共预算收入12.8亿元", "年度总量", 12.8, None, "亿元", 12.1, _BULLETIN, None, None),
    ("经济增长", "居民人均可支配收入", "居民人均可支配收入增长6.5%", "较基年增长", 6.5, None, "元", 28650, _BULLETIN, None, None),
    ("经济增长", "城镇化率", "城镇化率提高到54%", "期末水平", 54, None, "%", 52.8, _BULLETIN, "每年", None),
    ("经济增长", "规模以上工业企业", "规模以上工业企业达到130家", "期末水平", 130, None, "家", 118, _BULLETIN, None, None),
    ("经济增长", "单位生产总值能耗", "单位生产总值能耗降至0.41吨标准煤/万元", "期末水平", 0.41, "不高于", "吨标准煤/万元", 0.42, _BULLETIN, "每年", None),
    ("投资和项目", "固定资产投资", "固定资产投资100亿元", "年度总量", 100, None, "亿元", 93, _BULLETIN, None, None),
    ("投资和项目", "新开工重点项目", "新开工重点项目40个", "累计新增", 40, None, "个", None, None, None, None),
    ("投资和项目", "招商到位资金", "招商引资到位资金60亿元", "累计新增", 60, None, "亿元", None, None, None, None),
    ("投资和项目", "县城货运铁路专线", "建成县城货运铁路专线", "里程碑", None, None, None, None, None, None, None),
    ("投资和项目", "营商环境", "营商环境持续优化", "定性目标", None, None, None, None, None, None, None),
    ("投资和项目", "争取专项债券", "争取专项债券15亿元以上", "累计新增", 15, None, "亿元", None, None, None, None),
    ("现代农业", "粮食产量", "粮食产量稳定在23万吨以上", "每年达标", 23, None, "万吨", None, None, "每年", None),
    ("现代农业", "高标准农田", "新建高标准农田2.5万亩", "累计新增", 2.5, None, "万亩", None, None, None, None),
    ("现代农业", "农产品加工产值", "农产品加工产值35亿元", "年度总量", 35, None, "亿元", 32.6, "县农业农村局年报", None, None),
    ("现代农业", "生猪存栏", "生猪存栏稳定在28万头以上", "期末水平", 28, None, "万头", 27.1, "县农业农村局年报", None, None),
    ("现代农业", "省级龙头企业", "省级农业龙头企业达到12家", "期末水平", 12, None, "家", 9, "县农业农村局年报", None, None),
    ("现代农业", "农村自来水普及率", "农村自来水普及率达到95%", "期末水平", 95, None, "%", 93.2, "县农业农村局年报", None, None),
    ("现代农业", "村集体收入20万元以上的村", "村集体经营性收入20万元以上的村达到150个", "期末水平", 150, None, "个", None, None, None, None),
    ("现代农业", "和美乡村", "建成和美乡村示范村8个", "累计新增", 8, None, "个", None, None, None, None),
    ("教育就业", "城镇新增就业", "城镇新增就业3200人", "累计新增", 3200, None, "人", None, None, "每月", "县人社局"),
    ("教育就业", "城镇调查失业率", "城镇调查失业率控制在5.5%以内", "期末水平", 5.5, "不高于", "%", 5.4, _BULLETIN, None, "县人社局"),
    ("教育就业", "新增学位", "新增公办学位1200个", "累计新增", 1200, None, "个", None, None, None, None),
    ("教育就业", "普惠性幼儿园覆盖率", "普惠性幼儿园覆盖率达到92%", "期末水平", 92, None, "%", 90.1, "县教育局年报", None, None),
    ("教育就业", "技能培训", "开展职业技能培训2~3千人次", "累计新增", 2, "区间", "千人次", None, None, None, "县人社局"),
    ("教育就业", "农村劳动力转移就业", "农村劳动力转移就业稳定在6.5万人", "期末水平", 6.5, "左右", "万人", 6.4, "县人社局年报", None, "县人社局"),
    ("教育就业", "义务教育巩固率", "九年义务教育巩固率99.5%", "期末水平", 99.5, None, "%", None, None, "每年", None),
    ("教育就业", "改造薄弱学校", "改造薄弱学校6所", "累计新增", 6, None, "所", None, None, None, None),
)  # fmt: skip
MEASURE_KEYS = ("领域", "举措", "原文", "方式", "类型", "专项")
MEASURES = (
    ("政务服务", "建成县政务服务中心", "建成投用县政务服务中心", "交付类", "项目推进", None),
    ("政务服务", "推进一件事集成办", None, "持续类", None, "企业开办；不动产登记;公租房申请"),
    ("政务服务", "开展政务公开日", "开展政务公开日活动", "年度反复类", None, None),
    ("现代农业", "实施种业振兴", "实施种业振兴行动", "持续类", None, None),
)


def spreadsheet(change: Change | None = None) -> bytes:
    """Return the filled spreadsheet, after a last change of the workbook."""
    book = load_workbook(io.BytesIO(template_bytes()))
    about = book["方案"]
    for row in about.iter_rows(min_row=4):
        name = str(row[0].value).rstrip("* ")
        if name in ABOUT:
            row[1].value = ABOUT[name]
    _fill(book["单位"], ("单位名称", "简称", "编号"), UNITS)
    _fill(book["领域"], ("领域", "章", "章的原文标题", "原文出处", "填报单位"), FIELDS)
    _fill(book["目标"], GOAL_KEYS, GOALS)
    put(book["目标"], "技能培训", "区间上限", 3)
    _fill(book["举措"], MEASURE_KEYS, MEASURES)
    if change is not None:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def headings(sheet: Worksheet) -> Mapping[str, int]:
    """Return the column of each heading, counted from 1."""
    return {str(cell.value).rstrip("* "): cell.column for cell in sheet[3] if cell.value}


def put(sheet: Worksheet, named: str, column: str, value: object) -> None:
    """Set a cell in the row whose name, the first or second column, this is."""
    for row in sheet.iter_rows(min_row=6):
        if named in (row[1].value, row[2].value):
            sheet.cell(row[0].row, headings(sheet)[column]).value = value
            return
    raise KeyError(named)


def _fill(sheet: Worksheet, keys: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    columns = headings(sheet)
    for number, row in enumerate(rows, start=6):
        for key, value in zip(keys, row, strict=True):
            sheet.cell(number, columns[key]).value = value
