"""What the compiler of pages says in English, in words that an author can act on, kind by kind.

Sphinx, docutils and MyST tell what they met. Here stands for each kind what that means for whoever
wrote the page, and what to write instead. The original follows in brackets: it names what was met.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LINK = "核对写法：[文字](page.md)、[文字](#label)；页面改过名的，写新的名字"
_IN_FOLDER = "路径从这一页（笔记本）所在的文件夹算起，核对文件名、大小写和扩展名"
_OPTION = "照方括号里列出的选项和写法改正；选项写成「:name: 值」，紧接在指令的第一行下面"
_YAML = "开头两行「---」之间每行写「名称: 值」；有冒号、方括号、引号的值用英文引号括起来"


@dataclass(frozen=True)
class _Kind:
    """A kind of message: how it is known, what it means, how it is mended.

    `{0}`, `{1}` … of the words are what the pattern's groups found.
    """

    pattern: str
    what: str
    fix: str


_KINDS = tuple(
    _Kind(*each)
    for each in (
        # names
        (
            r"Unknown interpreted text role \"(.+?)\"",
            "没有名为「{0}」的角色（{{0}}`…`）",
            "改正名称；要原样印出花括号的，前面加反斜杠",
        ),
        (
            r"Unknown directive type: '(.+?)'",
            "没有名为「{0}」的指令（```{{0}}）",
            "改正名称，或者改用普通的 Markdown",
        ),
        (
            r"unexpected `code-cell` or `raw-cell` directive",
            "指令 code-cell 在这里不会运行",
            "要运行的代码写在笔记本里；只供阅读的，把 {code-cell} 改为 {code-block}",
        ),
        # links
        (
            r"cross-reference target not found: '(.*?)'",
            "链接「{0}」指向的页面或标签不存在",
            _LINK,
        ),
        (r"local id not found in doc '(.*?)': '(.*?)'", "页面 {0} 中没有「{1}」这一处", _LINK),
        (
            r"Unknown source document '(.*?)'|unknown document: '(.*?)'",
            "链接的页面「{0}」不存在",
            _LINK,
        ),
        (
            r"undefined label: '?(.+?)'?$",
            "引用的标签「{0}」没有定义",
            "在要引用的标题或图的上一行写「(label)=」，名称与引用处一致",
        ),
        (
            r"A title or caption not found: '?(.+?)'?$",
            "标签「{0}」处没有标题，引用处没有文字可印",
            ("写成「{ref}`文字 <标签>`」，或者给标签处加标题"),
        ),
        (
            r"term not in (?:glossary|index): '?(.+?)'?$",
            "术语表里没有「{0}」",
            "改正名称，或者在术语表里补上",
        ),
        (
            r"equation not found: (.+)",
            "没有编号为「{0}」的公式",
            "在公式的第二个「$$」后面写「 (label)」，与引用处一致",
        ),
        (
            r"Multiple matches|more than one target found|Multiple targets",
            "链接可以指向几处，不知道是哪一处",
            "改用带页面的写法：[文字](page.md#heading)",
        ),
        (r"reference target not found: '?(.+?)'?$", "引用的「{0}」不存在", _LINK),
        # one name twice
        (
            r"duplicate label of equation (.+?), other",
            "公式编号「{0}」用了两次",
            "两处各用一个编号，引用处随之改正",
        ),
        (
            r"duplicate label (.+?), other instance in (.+)",
            "标签「{0}」在 {1} 中已经用过",
            "其中一处换一个标签，引用它的链接随之改正",
        ),
        (
            r"Duplicate ID: \"(.+?)\"|Duplicate explicit target name: \"(.+?)\"",
            "「{0}」在这一页里用了两次",
            "其中一处换一个名字",
        ),
        (
            r"Duplicate reference definition: (.+)",
            "链接地址「[{0}]: …」写了两次，只有第一次有用",
            "删去一处，或者换一个名字",
        ),
        (
            r"Multiple footnote definitions found for label: '(.+?)'",
            "脚注「[^{0}]: …」写了两次",
            "其中一处换一个编号",
        ),
        (
            r"No footnote definitions found for label: '(.+?)'",
            "脚注「[^{0}]」没有内容",
            "另起一段写「[^{0}]: 内容」",
        ),
        (
            r"Footnote \[.*?\] is not referenced",
            "有一条脚注没有被引用",
            ("在正文里写上它的编号，如「[^1]」，或者删去这条脚注"),
        ),
        # files
        (
            r"image file (?:.+ )?not readable: ?(.*)|Could not fetch remote image: (.*)",
            "找不到图片，或者读不出：{0}",
            _IN_FOLDER,
        ),
        (
            r"download file not readable: (.*)",
            "找不到供下载的文件：{0}",
            _IN_FOLDER,
        ),
        (
            r"\"include\": file not found: '(.*?)'|Include file '(.*?)' not found",
            "找不到要插入的文件：{0}",
            _IN_FOLDER,
        ),
        (
            r"Problems with \"(.+?)\" directive path",
            "指令「{0}」要读的文件打不开",
            _IN_FOLDER,
        ),
        (
            r"option \"(.+?)\": text not found \"(.*?)\"",
            "要插入的文件里没有「{1}」（选项 {0}）",
            "照文件里的原文改正",
        ),
        (
            r"no lines pulled from include file|line number spec is out of range|"
            r"invalid line number spec",
            "指定的行在文件里没有",
            "照文件的行数改正，写成「1-5」或「1,3,5」",
        ),
        (
            r"undecodable source characters",
            "页面的编码不是 UTF-8",
            "用文本编辑器另存为不带 BOM 的 UTF-8 编码",
        ),
        # how a directive is written
        (r"Unknown option keys: \[(.+?)\]", "指令没有这些选项：{0}", _OPTION),
        (r"Invalid option value for '(.+?)': (.*?):", "选项「{0}」的值「{1}」无法使用", _OPTION),
        (r"Invalid options format|Directive options has", "指令的选项写法有误", _OPTION),
        (
            r"Invalid '(.+?)' attribute value: '(.*?)'",
            "花括号里「{0}」的值「{1}」无法使用",
            '大小写成百分数或像素，如 {width="80%"}',
        ),
        (
            r"'(.+?)': (?:Has content, but none permitted|Splitting content)",
            "指令「{0}」的内容写在了不能写的地方",
            "指令里只写选项，文字写在指令外面",
        ),
        (
            r"Directive '(.+?)': (\d+) argument\(s\) required",
            "指令「{0}」的第一行少了内容",
            "在「{{0}}」后面的同一行写上，例如图片写路径",
        ),
        (
            r"Content block expected for the \"(.+?)\" directive; none",
            "指令「{0}」里没有内容",
            "把内容写在指令的两行「```」之间，或者删去指令",
        ),
        (
            r"uniform two-level bullet list expected|list-table",
            "表格（list-table）各行的格数不同",
            "每一行写同样多的格，空的格写「  -」",
        ),
        (
            r"Error parsing content block for the \"(.+?)\" directive",
            "指令「{0}」的内容读不出",
            "照该指令的写法改正内容",
        ),
        # the page itself
        (
            r"Non-consecutive header level increase; H(\d) to H(\d)|"
            r"Document headings start at H(\d)",
            "标题跳了级",
            "标题逐级写：「#」下面用「##」，再下面用「###」",
        ),
        (
            r"Malformed YAML|YAML is not a dict",
            "页面开头的说明（front matter）读不出",
            _YAML,
        ),
        (
            r"Pygments lexer name '(.+?)' is not known",
            "代码块的语言「{0}」不认识",
            "改为 python、r、sql、json 等，或者写 text",
        ),
        (
            r"Lexing literal_block .* as \"(.+?)\" resulted in an error",
            "代码块不是它所写的语言「{0}」",
            "改正代码，或者把语言写成 text",
        ),
        (
            r"toctree directive not expected|toctree contains reference to (?:nonexisting|excluded)"
            r" document '(.*?)'",
            "目录里有书中没有的页面，或者页面里写了 toctree",
            "目录由方案生成：页面在 data/plan/plan.yaml 的 front、back 和章节中写；"
            "页面里删去 toctree",
        ),
        (r"Substitution error|circular substitution", "「{{ }}」里的名称没有值", "改为文字"),
        (r"HTML could not be parsed", "HTML 写法有误", "把标签成对写全，或者改用 Markdown"),
    )
)
_PATTERNS = tuple((re.compile(kind.pattern), kind) for kind in _KINDS)
_NAME_OF_KIND = re.compile(r"\s*\[[\w.]+\]$")  # which not every version says
_PLACE = re.compile(r"\{(\d)\}")
_CHINESE = re.compile(r"[\u3400-\u9fff「“]")
_OTHER_FIX = "看括号里所说的一处，照「操作手册」中的写法改正；看不出的，逐段删去再生成，找到那一段"


def in_chinese(said: str, otherwise: str) -> tuple[str, str]:
    """Return what is wrong in an author's words, with the original in brackets, and the remedy.

    What is said in Chinese is ours; it has no remedy here. `otherwise` leads what is of no kind.
    """
    original = said.strip()
    if _CHINESE.match(original):
        return original, ""
    named = _NAME_OF_KIND.sub("", original)
    for pattern, kind in _PATTERNS:
        if found := pattern.search(named):
            groups = [group for group in found.groups() if group is not None]
            return f"{_filled(kind.what, groups)}（{original}）", _filled(kind.fix, groups)
    return f"{otherwise}（{original}）", _OTHER_FIX


def _filled(words: str, groups: Sequence[str]) -> str:
    return _PLACE.sub(lambda place: groups[int(place[1])], words)
