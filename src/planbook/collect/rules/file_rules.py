"""Rules on a file and on the workbook as a whole; an error here refuses all of it."""

from __future__ import annotations

from planbook.collect.rules.rule import error, warning

UNREADABLE = error(
    "unreadable",
    "无法读取",
    "无法读取这个文件：{observed}。",
    "用 Excel 或 WPS 打开核对，另存为「Excel 工作簿（.xlsx）」后重新报送",
)
OVERSIZED = error(
    "oversized",
    "文件过大",
    "文件过大：{observed}（上限 {expected}）。",
    "删去图片、附件和多余的工作表、行列，只保留填报模板的内容后重新报送",
)
MACROS = error(
    "macros",
    "含宏",
    "文件含有宏（{observed}）。",
    "另存为不含宏的「Excel 工作簿（.xlsx）」后重新报送",
)
EXTERNAL_LINKS = error(
    "external-links",
    "含外部链接",
    "文件引用了其他工作簿或外部数据（{observed}）。",
    "在「数据」中断开链接和连接，把公式粘贴为数值后重新报送",
)
MARKED_COPY = error(
    "marked-copy",
    "核对意见副本",
    "这是附有「{expected}」的副本，不能直接作为报送收取。",
    "在原来的填报表中更正后报送；已在这份副本中更正的，删去工作表「{expected}」，另存后报送",
)
NOTHING_FILLED = error(
    "nothing-filled",
    "整份未填",
    "整份未填：没有填写任何数据、举措或修订。",
    "填写后报送；本期确无数据的，在备注逐项说明，并填写举措状态",
)
WITHDRAWN_FILE = warning(
    "withdrawn-file",
    "已撤回",
    "「{observed}」自{expected}起撤回，不再采用（{day} 决定，理由：{reason}）。",
    "文件仍保留；需要恢复采用时，运行 python -m planbook collect choose",
)
CHOSEN_FILE = warning(
    "chosen-file",
    "改用另一份",
    "自{expected}起改用「{chosen}」，不再采用 {observed}（{day} 决定，理由：{reason}）。",
    "各份仍保留；部门重新报送的，以新收到的为准",
)
FOREIGN_FILE = warning(
    "foreign-file",
    "不是报送文件",
    "「{observed}」不是归档的报送文件（应为 {expected}）。",
    "移出 submissions 文件夹，或用收件命令重新收取",
)
CHANGED_FILE = error(
    "changed-file",
    "归档后被改动",
    "文件内容与文件名中的校验码不符（内容为 {observed}，文件名为 {expected}）。",
    "归档文件不得改动：恢复原文件，或把改动后的文件作为新的报送重新收取",
)
SAME_DAY = warning(
    "same-day",
    "同日多份",
    "同一天收到多份（{observed}），采用 {expected}。",
    "核对采用的是否为最后一份；不是的，请部门重新报送",
)

NOT_OURS = error(
    "not-ours",
    "不是填报模板",
    "缺少工作表「{expected}」，不是下发的填报模板。",
    "用下发的模板填报，不要另建工作簿或删除工作表",
)
WRONG_TEMPLATE = error(
    "wrong-template",
    "模板版本不符",
    "模板版本为「{observed}」（应为「{expected}」）。",
    "下载本期模板，把数据填入后重新报送",
)
WRONG_DATASET = error(
    "wrong-dataset",
    "数据集不符",
    "这份模板属于数据集「{observed}」（应为「{expected}」）。",
    "使用本数据集的模板；示例与正式数据不能混用",
)
WRONG_EDITION = error(
    "wrong-edition",
    "期号不符",
    "这份模板的期号为「{observed}」（应为「{expected}」）。",
    "使用本期模板填报，或按模板的期号收取",
)
WRONG_UNIT = error(
    "wrong-unit",
    "填报单位不符",
    "这份模板的填报单位为「{observed}」（应为「{expected}」）。",
    "使用本单位的模板填报，或按模板的单位收取",
)
MOVED_COLUMN = error(
    "moved-column",
    "表头被改动",
    "表头为「{observed}」（应为「{expected}」），列可能被移动、删除或改名。",
    "恢复模板的列次序和表头；把数据粘贴到新模板的对应列后重新报送",
)
EXTRA_SHEET = warning(
    "extra-sheet",
    "多出工作表",
    "工作表「{observed}」不属于模板，未读取。",
    "需要报送的内容填入模板已有的工作表",
)
MERGED_CELLS = error(
    "merged-cells",
    "合并单元格",
    "数据区有合并单元格 {observed}，其中的行未采用。",
    "取消合并，每个单元格分别填写后重新报送",
)
HIDDEN_ROW = warning(
    "hidden-row",
    "隐藏行",
    "第 {observed} 行被隐藏，其中的数据仍会读取。",
    "取消隐藏，核对该行数据",
)
