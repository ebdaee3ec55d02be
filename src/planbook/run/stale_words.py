"""Why something is made anew, in words: from names of what changed to what people call it."""

from __future__ import annotations

from collections.abc import Sequence

_MOST = 3  # named in a line; of more their number is told
_NOT_KEPT = "page"  # made for the first time, or lost: no change that somebody could look for
_WORDS = {
    "code": "程序、依赖库或运行环境变了",
    "notebook": "笔记本本身改过",
    "parameters": "期号或数据集不同",
    "everything": "项目中的文件变了（单元格按大小、上期或数据库读取，分不清是哪一个）",
    "names": "项目中增减了文件",
    "unknown": "单元格用到时钟、环境变量、其他程序、网络等，读了什么无从得知，每次重做",
    "data_words": "数据截止时期变了",
    "is_confidential": "是否含内部内容变了",
    "withheld": "公开版隐去的内容变了",
    "value_origins": "数值的来源（报送、更正、补录）变了",
    "rating_counts": "各期各种状态的目标个数变了",
    "moved_verdicts": "各期状态的变化变了",
    "refused_of_projects": "重点项目表中未采用的内容变了",
    "plan.units": "方案中的填报单位变了",
    "plan.chapters": "方案中的章节、目标或措施变了",
    "plan.notices": "方案的提示变了",
}
_OF_CHAPTER = "chapter."
_BEGINNINGS = {
    "file:": "文件 {} 变了",
    "folder:": "文件夹 {} 中增减了文件",
    "tables.": "数据表 {} 变了",
    "plan.about.": "plan.yaml 的 {} 变了",
    "dataset.": "dataset.yaml 的 {} 变了",
}


def stale_words(why: Sequence[str]) -> str:
    """Return why something is made anew; nothing where it was only not there."""
    if tuple(why) in ((), (_NOT_KEPT,)):
        return ""
    told = list(dict.fromkeys(_words(name) for name in why if name != _NOT_KEPT))
    rest = f"等{len(told)}处" if len(told) > _MOST else ""
    return "；".join(told[:_MOST]) + rest


def _words(name: str) -> str:
    if name in _WORDS:
        return _WORDS[name]
    for beginning, words in _BEGINNINGS.items():
        if name.startswith(beginning):
            return words.format(_table(name.removeprefix(beginning)))
    _, _, of_chapter = _table(name.removeprefix(_OF_CHAPTER)).partition(".")
    if not (name.startswith(_OF_CHAPTER) and of_chapter):
        return f"{name} 变了"
    return "方案中本章的内容变了" if of_chapter == "plan" else f"本章的数据表 {of_chapter} 变了"


def _table(name: str) -> str:
    table = name.removesuffix(".shape")
    return f"{table} 的行数或列数" if table != name else name
