"""Find what is nobody's business in a text: telephone, identity and e-mail, and people's names.

Texts of workbooks and of the analysts' files → the places where such data stand. What is done about
them is the caller's: departments' texts are masked, analysts are asked to mend theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from planbook.errors import Problem
from planbook.plan.plan_file import CHINA

LEFT_OUT = "〔略〕"
ABROAD = ""
_SEEN_AS: dict[int, int | str] = {  # one character for one, so that places stay the same
    **{0xFF01 + n: 0x21 + n for n in range(94)},
    **{ord(dash): "-" for dash in "‐‑‒–—―−﹣－"},
    **{ord(blank): " " for blank in "\u00a0\u2002\u2003\u2009\u202f\u3000"},
}
_GAP = r" ?[- ] ?"  # between groups of digits
_DATE = r"20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_AMOUNT = (  # what makes a bare number of 11 digits an amount: 13800001234元
    r" ?(?:[万亿千百吨克家户件台套辆列箱项条笔单票只株度%㎡]|元(?!旦)|公斤|标箱"
    r"|人次|人(?![员士])|个(?!人)|次(?![日月年])"
    r"|平方|立方|公里|[千毫厘]?米|[千兆]?瓦|[美港欧日]元|(?:[kMGTW]?[WB]h?|TEU|t|m[23]?)(?![A-Za-z]))"
)
_MOBILE = rf"1[3-9]\d{{9}}(?!{_AMOUNT})"
_MOBILE_IN_GROUPS = (
    rf"1[3-9]\d(?:{_GAP}|[.·•_])\d{{4}}(?:{_GAP}|[.·•_])\d{{4}}",
    rf"1[3-9]\d{{5}}{_GAP}\d{{4}}",
    rf"1[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}",
    rf"1[3-9]\d{_GAP}(?!{_DATE})\d{{8}}",
    rf"1[3-9]\d\d{_GAP}(?:\d{{3}}{_GAP}\d{{4}}|\d{{4}}{_GAP}\d{{3}})",
    r"1 [3-9](?: \d){9}",
)
_SUBSCRIBER = rf"(?:\d{{7,8}}|\d{{3,4}}{_GAP}\d{{4}})"
_AREA = r"(?:010|02\d|0[3-9]\d\d)"
_WITH_CODE = (  # China's country code, whatever follows it
    rf"\(?(?:(?:\+|00) ?86|86)\)?[- ]{{0,3}}(?:\(0\))?"
    rf"(?:{_MOBILE}|{'|'.join(_MOBILE_IN_GROUPS)}|\(?[1-9]\d{{1,2}}\)?(?:{_GAP})?{_SUBSCRIBER})"
)
_FORMS = (  # each with where it is used: China's own, or a country's as seen from any other
    (CHINA, _WITH_CODE),
    (ABROAD, r"\(?\+ ?[1-9]\d{0,2}\)?(?:[- ]{0,2}\(?\d{1,5}\)?){2,6}"),
    (ABROAD, r"00 ?[1-9]\d{0,2}[- ](?:[- ]{0,2}\(?\d{1,5}\)?){2,6}"),
    (ABROAD, r"\(\d{3}\) ?\d{3}-\d{4}"),
    (ABROAD, r"[2-9]\d\d-[2-9]\d\d-\d{4}"),
    (ABROAD, r"0\d-\d{4}-\d{4}"),
    (CHINA, r"(?:85[23]|886)-\d{4}[- ]?\d{4}"),  # Hong Kong, Macao, Taiwan
    (CHINA, r"[2-8]\d{6,7} ?(?:转|分机) ?\d{1,5}"),
    # an area code, a service number
    (CHINA, rf"\( ?{_AREA} ?\)(?:{_GAP})?{_SUBSCRIBER}"),
    (CHINA, rf"{_AREA}(?:{_GAP})?{_SUBSCRIBER}"),
    (CHINA, rf"[48]00{_GAP}(?:\d{{3}}{_GAP}\d{{4}}|\d{{4}}{_GAP}\d{{3}})"),
    *((CHINA, f"{groups}(?!{_AMOUNT})") for groups in _MOBILE_IN_GROUPS),
    (CHINA, rf"(?<![¥￥$]){_MOBILE}"),
)
_CALLED = (  # after such a word any seven digits are a number to call
    r"(?:联系)?(?:身份证|电话|手机|座机|传真|微信|QQ|(?<![a-z])(?:tel|phone|mobile|fax))"
    r"(?:号码|号)?[.: ]{0,2}(?P<called>(?:1[3-9]\d{9}|[(+]?\d(?:[- ()]{0,2}\d){6,18}X?(?!"
    rf"{_AMOUNT}))"
)
_BEFORE = r"(?<![0-9a-z+])(?<![0-9][-.,:])(?<![a-z][- ])"
_AFTER = r"(?![0-9a-z])(?![-.,:][0-9])"
_EXTENSION = r"(?: ?(?:转|分机|ext\.?|#|-) ?\d{1,5}(?!\d))?(?:/\d{7,8}(?!\d))*"
_SHORTEST = 7  # digits of a telephone number
_ADDRESS = re.compile(r"https?://[!-~]+")  # of a page: its digits are a file's name
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+", re.ASCII
)
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}[- ]?(?:19|20)\d{6}[- ]?\d{3}[\dXx](?![0-9A-Za-z])"
)
_BETWEEN_PEOPLE = re.compile(r"[:、，,;；/|（）()\n\t]+")
_NUMBER = re.compile(r"[+(]?\d[-\d年月日.() ]*")  # beside a name: the day, a telephone number
_POSTS = ("主任", "局长", "处长", "科长", "部长", "院长", "总经理", "经理", "组长")
_POST = "|".join(f"{vice}{post}" for vice in ("副", "") for post in _POSTS)
_TITLE = re.compile(  # beside a name; by itself it is no name
    rf"^(?:{_POST}|单位负责人|统计负责人|负责人|填[表报]人|审核人|复核人|经办人|制表人|联系人|代)"
    rf"|[.。]+$|(?:{_POST}|同志|先生|女士|代签|代|签字|签名|签章|盖章)$"
)
_AND = re.compile(r"(?<=[^\W\d]{2})[和与及](?=[^\W\d]{2})")
_SURNAME_OF_TWO = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|司徒|慕容|夏侯|端木|南宫|长孙|宇文|轩辕|百里|呼延|闻人"
    "|澹台|西门|独孤|司空|淳于|单于|太史|申屠|钟离|鲜于|闾丘|公羊|拓跋|万俟|赫连|濮阳|公冶|太叔|仲孙"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643, modulo 11
_CHECK_DIGITS = "10X98765432"


@cache
def _telephone(masks: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds telephone numbers of these forms, and such as are written for abroad."""
    forms = [form for where, form in _FORMS if where in (ABROAD, *masks)]
    forms += [_of_mask(mask) for mask in masks if mask != CHINA]
    return re.compile(
        rf"(?:{_CALLED}{_EXTENSION})|{_BEFORE}(?:{'|'.join(forms)}){_EXTENSION}){_AFTER}",
        re.IGNORECASE,
    )


def _of_mask(mask: str) -> str:
    """Return what a mask such as ``020 #### ####`` finds, with or without what stands between."""
    parts = {"#": r"\d", " ": f"(?:{_GAP})?", "-": f"(?:{_GAP})?"}
    return "".join(parts.get(char, re.escape(char)) for char in mask)


def personal_numbers(
    text: str, telephones: tuple[str, ...] = (CHINA,)
) -> Iterator[tuple[int, int]]:
    """Yield where telephone numbers, e-mail addresses and identity numbers stand in a text.

    Telephones in every usual form: mobile and landline, in groups, in brackets, with country codes,
    extensions and full-width digits. A bare number of 11 digits with a unit behind it is an amount.

    Parameters
    ----------
    telephones
        How numbers are written where the plan is: China's ways by that name, and masks.
    """
    plain = _ADDRESS.sub(lambda match: "x" * len(match[0]), text.translate(_SEEN_AS))
    for pattern in (_EMAIL, _IDENTITY, _telephone(telephones)):
        for match in pattern.finditer(plain):
            if pattern is not _IDENTITY or _is_identity(match[0]):
                yield match.span("called" if match.lastgroup else 0)


def personal_problem(
    text: str, where: str, telephones: tuple[str, ...] = (CHINA,)
) -> list[Problem]:
    """Return what an analyst should take out of a text that is published, if anything."""
    found = [text[start:stop] for start, stop in personal_numbers(text, telephones)]
    if not found:
        return []
    what = f"「{'、'.join(found)}」像是电话、邮箱或身份证号，这里的文字会公布"
    return [Problem(what, where, "删去；需要联系人的，写单位名称")]


def people(signed: str) -> set[str]:
    """Return the names in what was typed as a signature, without blanks within a Chinese name.

    「张 三」 and 「张　三」 are 张三, 「张 三 丰」 is 张三丰; 「欧阳 修、李四（代）」 are 欧阳修
    and 李四.
    Latin ones stay whole.
    """
    found: set[str] = set()
    for part in _BETWEEN_PEOPLE.split(_NUMBER.sub(" ", signed.translate(_SEEN_AS))):
        words = [_TITLE.sub("", word) for word in part.split()]
        found |= {name for word in words if _AND.search(word) for name in _AND.split(word)}
        if any(word.isascii() for word in words):
            found.add(" ".join(words))
        elif [len(word) for word in words] == [1, 1, 1]:
            found.add("".join(words))
        else:
            found |= set(_joined([word for word in words if word]))
    return {name for name in found if len(re.sub(r"\W", "", name)) > 1}


def names_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the names, in either order of a Latin one and with blanks between."""
    written: list[str] = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        words = [re.escape(word) for word in re.split(r"[ .·-]+", name) if word]
        if name.isascii():
            orders = dict.fromkeys(r"[ .,·-]{1,2}".join(o) for o in (words, words[::-1]))
            written += [rf"(?<![A-Za-z]){order}(?![A-Za-z])" for order in orders]
        else:
            written.append(
                r"[ ·•．\u200b]{0,4}".join(re.escape(c) for c in name if c not in "·•． ")
            )
    return re.compile("|".join(written) or r"(?!)", re.IGNORECASE)


def own_numbers(signed: str) -> re.Pattern[str]:
    """Return what finds the telephone numbers of a signature, however their digits are grouped.

    A number of a local exchange is found without its area code as well.
    """
    written: list[str] = []
    for part in re.split(r"[、，,;；/]|转|分机", signed.translate(_SEEN_AS)):
        digits = re.sub(r"\D", "", part)
        written += [digits, re.sub(rf"^(?:0086|86)?{_AREA}(?=\d{{7,8}}$)", "", digits)]
    grouped = (
        r"[- ]{0,3}".join(number) for number in dict.fromkeys(written) if len(number) >= _SHORTEST
    )
    return re.compile("|".join(rf"(?<!\d){number}(?!\d)" for number in grouped) or r"(?!)")


def named(text: str, names: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where a text has one of the names."""
    yield from (match.span() for match in names.finditer(text.translate(_SEEN_AS)))


def without(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Return the text with a mark in these places; places that overlap become one."""
    made, end = [], 0
    for start, stop in sorted(places):
        if start >= end:
            made += [text[end:start], LEFT_OUT]
        end = max(end, stop)
    return "".join([*made, text[end:]])


def _is_identity(number: str) -> bool:
    number = re.sub("[- ]", "", number)
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECK_DIGITS[total % 11] == number[17].upper()


def _joined(words: list[str]) -> Iterator[str]:
    """Yield names of which a surname, or every character, may stand apart."""
    name = ""
    for word in words:
        if len(name) == 1 or _SURNAME_OF_TWO.fullmatch(name):
            name += word
            continue
        yield name
        name = word
    yield name
