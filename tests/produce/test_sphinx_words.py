"""What the compiler says in English reaches an author as what it means, and what to write."""

from __future__ import annotations

import re

import pytest

from planbook.errors import ProblemsFound
from planbook.produce.site.sphinx_words import in_chinese
from tests.produce.small_site import Site, write

pytestmark = [
    pytest.mark.takes(20),
    pytest.mark.filterwarnings("ignore"),  # of libraries, which a build does not show
]

READ = {  # by what a page says: how the message begins, as the page is read
    "{nosuchrole}`x`": "没有名为「nosuchrole」的角色（{nosuchrole}`…`）（Unknown",
    "```{nosuch}\n```": "没有名为「nosuch」的指令（```{nosuch}）（Unknown",
    "```{code-cell}\n1\n```": "指令 code-cell 在这里不会运行",
    "(berths)=\n## 甲": "标签「berths」在 book/port.md 中已经用过",
    "$$x$$ (e)\n\n$$y$$ (e)": "公式编号「e」用了两次",
    "[a]: x.md\n[a]: y.md": "链接地址「[A]: …」写了两次",
    "甲[^a]\n\n[^a]: 一\n\n[^a]: 二": "脚注「[^a]: …」写了两次",
    "![图](nowhere.png)": "找不到图片，或者读不出：book/nowhere.png",
    "{download}`nosuch.csv`": "找不到供下载的文件：book/nosuch.csv",
    "```{include} nowhere.md\n```": "找不到要插入的文件：book/nowhere.md",
    "```{literalinclude} nowhere.py\n```": "找不到要插入的文件：book/nowhere.py",
    "```{csv-table}\n:file: nowhere.csv\n```": "指令「csv-table」要读的文件打不开",
    "```{include} city.md\n:start-after: xyz\n```": "要插入的文件里没有「xyz」",
    "```{literalinclude} city.md\n:lines: 900-\n```": "指定的行在文件里没有",
    "```{image} _static/picture.png\n:alt: x\n:bad: y\n```": "指令没有这些选项：'bad'",
    "```{image} _static/picture.png\n:alt: x\n:width: wide\n```": "选项「width」的值「wide」无法",
    "![图](_static/picture.png){width=abc}": "花括号里「width」的值「abc」无法使用",
    "```{image} _static/picture.png\n:alt: x\n\n甲\n```": "指令「image」的内容写在了不能写的地方",
    "```{image}\n```": "指令「image」的第一行少了内容",
    "```{note}\n```": "指令「note」里没有内容",
    "```{list-table}\n* - a\n  - b\n* - c\n```": "表格（list-table）各行的格数不同",
    "## 二\n\n#### 四": "标题跳了级",
    "```{toctree}\nport\n```": "目录里有书中没有的页面，或者页面里写了 toctree",
    "```{epigraph}\n```": "指令「epigraph」里没有内容",
}
RESOLVED = {  # as links are followed and code is coloured
    "[断](no-such.md)": "链接「no-such.md」指向的页面或标签不存在",
    "[断](#nosuch)": "链接「nosuch」指向的页面或标签不存在",
    "[断](city.md#nosuch)": "页面 book/city 中没有「nosuch」这一处",
    "{ref}`nosuch`": "引用的标签「nosuch」没有定义",
    "{doc}`nosuch`": "链接的页面「nosuch」不存在",
    "{term}`nosuch`": "术语表里没有「nosuch」",
    "{eq}`nosuch`": "没有编号为「nosuch」的公式",
    "<project:nosuch.md>": "链接的页面「book/nosuch」不存在",
    "```{code-block} nosuchlang\nx\n```": "代码块的语言「nosuchlang」不认识",
    "```{code-block} json\n{a: '\n```": "代码块不是它所写的语言「json」",
}
WHOLE = {  # of a page from its first line on
    "---\na: [x\n---\n# 甲": "页面开头的说明（front matter）读不出",
    "---\n- a\n---\n# 甲": "页面开头的说明（front matter）读不出",
}


def test_each_kind_is_told_in_chinese_with_its_page_and_a_remedy(site: Site) -> None:
    wanted, toc = {}, (site.root / "_toc.yml").read_text(encoding="utf-8")
    texts = {f"# 页\n\n{text}": begins for text, begins in (READ | RESOLVED).items()}
    for number, (text, begins) in enumerate((texts | WHOLE).items()):
        write(site.root / "book" / f"w{number}.md", f"{text}\n")
        toc += f"  - file: book/w{number}\n"
        wanted[f"book/w{number}.md"] = begins
    (site.root / "_toc.yml").write_text(toc, encoding="utf-8")
    with pytest.raises(ProblemsFound) as refused:
        site.compile()
    told: dict[str, list[str]] = {}
    for problem in refused.value.problems:
        told.setdefault(problem.where.partition(":")[0], []).append(problem.what)
        assert re.search(r"[\u3400-\u9fff]", problem.what.partition("（")[0]), problem
        assert problem.fix != "改正后重新生成" or "未知的" in problem.what
    missing = {
        page: (begins, told.get(page))
        for page, begins in wanted.items()
        if not any(what.startswith(begins) for what in told.get(page, ()))
    }
    assert missing == {}


def test_a_message_of_no_kind_and_one_of_ours() -> None:
    what, fix = in_chinese("Something new [x.y]", "页面的写法有误")
    assert what == "页面的写法有误（Something new [x.y]）"
    assert "操作手册" in fix
    assert in_chinese("无法读取公式「x」", "页面的写法有误") == ("无法读取公式「x」", "")
