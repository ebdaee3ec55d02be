"""Whether cells only call the book: which of their words could tell one kernel from another.

Everything that is allowed is named here; what is not named is not allowed. So files, other
libraries, settings, threads, IPython's own words and whatever nobody thought of are told apart
from expressions over the book's tables, figures and sentences.
"""

from __future__ import annotations

import ast
import builtins
import warnings
from collections.abc import Iterable, Iterator
from functools import cache

_MODULES = {  # what may be imported, and what may be called of it
    "planbook": {"chart", "open"},
    "pandas": {
        *("Categorical", "DataFrame", "Index", "MultiIndex", "NA", "NaT", "Period", "PeriodIndex"),
        *("Series", "Timedelta", "Timestamp", "concat", "crosstab", "cut", "date_range", "isna"),
        *("melt", "merge", "notna", "period_range", "pivot", "pivot_table", "qcut", "to_datetime"),
        *("to_numeric", "wide_to_long"),
    },
    "seaborn": set(),  # but what it draws within a call of `planbook.chart`, which shows it
}
_DRAWS = {  # of seaborn
    *("barplot", "boxplot", "boxenplot", "countplot", "ecdfplot", "heatmap", "histplot"),
    *("kdeplot", "lineplot", "pointplot", "regplot", "residplot", "rugplot", "scatterplot"),
    *("stripplot", "swarmplot", "violinplot"),
}
_BUILTINS = {
    *("abs", "all", "any", "bool", "dict", "display", "enumerate", "float", "int", "isinstance"),
    *("len", "list", "map", "max", "min", "print", "range", "reversed", "round", "set", "sorted"),
    *("str", "sum", "tuple", "zip"),
}
_NODES = (
    *(ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.For, ast.If, ast.Pass),
    *(ast.Attribute, ast.BinOp, ast.BoolOp, ast.Call, ast.Compare, ast.Constant, ast.Dict),
    *(ast.DictComp, ast.FormattedValue, ast.GeneratorExp, ast.IfExp, ast.JoinedStr, ast.Lambda),
    *(ast.List, ast.ListComp, ast.Name, ast.Set, ast.SetComp, ast.Slice, ast.Starred),
    *(ast.Subscript, ast.Tuple, ast.UnaryOp),
    *(ast.arg, ast.arguments, ast.boolop, ast.cmpop, ast.comprehension, ast.expr_context),
    *(ast.keyword, ast.operator, ast.unaryop),
)
_STAYS_HERE = ("to_dict", "to_frame", "to_list", "to_numpy", "to_period", "to_timestamp")
_EFFECTS = {"boxplot", "eval", "hist", "plot", "sample", "style"}  # of frames
_SHOWN = 40  # characters of what is not plain


def not_plain(cells: Iterable[tuple[int, str]]) -> tuple[int, str] | None:
    """Return number and text of the first thing that is more than calling the book.

    Parameters
    ----------
    cells
        Number and source of the code cells, in the order in which they run.
    """
    known: dict[
        str, set[str] | None
    ] = {}  # names given so far; of a module what it may be used for
    for number, source in cells:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(source)
        except (SyntaxError, ValueError):  # %, !, ?, or what is wrong in any kernel
            lines = [line.strip() for line in source.splitlines()]
            special = [line for line in lines if line.startswith(("%", "!", "?")) or "?" in line]
            return number, _clipped((special or lines or [""])[0])
        for statement in tree.body:
            found = _first(statement, known)
            if found is not None:
                return number, _clipped(ast.unparse(found))
    return None


def _clipped(text: str) -> str:
    line = text.splitlines()[0] if text else ""
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _first(statement: ast.stmt, known: dict[str, set[str] | None]) -> ast.AST | None:
    """Return the first part of a statement that is not plain; else remember its names."""
    if isinstance(statement, ast.Import):
        return _imported(statement, known)
    parts = list(ast.walk(statement))
    stored = {node.arg for node in parts if isinstance(node, ast.arg)}
    stored |= {node.id for node in parts if isinstance(node, ast.Name) and _is_stored(node)}
    if any(known.get(name) is not None for name in stored):  # a module's name
        return statement
    known.update(dict.fromkeys(stored))
    return next(_departures(statement, known), None)


def _is_stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _imported(statement: ast.Import, known: dict[str, set[str] | None]) -> ast.AST | None:
    for alias in statement.names:
        name = alias.asname or alias.name
        if alias.name not in _MODULES or (name in known and known[name] is None):
            return statement
        known[name] = _MODULES[alias.name]
    return None


def _departures(node: ast.AST, known: dict[str, set[str] | None]) -> Iterator[ast.AST]:
    """Yield what is not plain below a node, the outermost first."""
    if not isinstance(node, _NODES):
        yield node
        return
    rest = _rest_of_call(node, known)
    if rest is not None:
        for part in rest:
            yield from _departures(part, known)
        return
    match node:
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if known.get(name) is not None:
            if attr not in (known[name] or ()):
                yield node
            return
        case ast.Attribute(attr=attr) if attr not in _methods() or not _is_read(node):
            yield node
            return
        case ast.Name(id=name) if known.get(name) is not None:  # a module as a value
            yield node
        case ast.Name(id=name) if name not in known and not _is_builtin(name):
            yield node
        case ast.Attribute(attr="query"):
            yield node
            return
        case ast.Call(func=ast.Name(id="display"), keywords=[_, *_]):
            yield node
            return
    for child in ast.iter_child_nodes(node):
        yield from _departures(child, known)


def _rest_of_call(node: ast.AST, known: dict[str, set[str] | None]) -> list[ast.AST] | None:
    """Return what is still to be looked at of a call that is plain as it is written here.

    ``None``: it is none of those.
    """
    match node:
        case ast.Call(func=ast.Attribute(frame, "query"), args=[ast.Constant(str(text))]) if (
            "@" not in text
        ):
            return [frame]
        case ast.Call(
            ast.Attribute(ast.Name(name), "read_csv"), [ast.Constant(str(file))], keywords
        ) if known.get(name) is _MODULES["pandas"] and "://" not in file:
            return [keyword.value for keyword in keywords]
        case ast.Call(
            ast.Attribute(ast.Name(name), "chart"),
            [ast.Call(ast.Attribute(ast.Name(drawer), how), args, inner)],
            outer,
        ) if known.get(name) is _MODULES["planbook"]:
            if known.get(drawer) is _MODULES["seaborn"] and how in _DRAWS:
                return [*args, *(keyword.value for keyword in (*inner, *outer))]
    return None


def _is_read(node: ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Load)


def _is_builtin(name: str) -> bool:
    return name in _BUILTINS and (name == "display" or hasattr(builtins, name))


@cache
def _methods() -> frozenset[str]:
    """Return the names of what the book, its tables and plain values have and that only reads."""
    import pandas as pd  # noqa: PLC0415 - loaded by whoever makes a book
    from pandas.core.groupby import DataFrameGroupBy, SeriesGroupBy  # noqa: PLC0415 - as above

    from planbook.present.notebook import opened  # noqa: PLC0415 - as above
    from planbook.saved import TABLE_CONTRACTS  # noqa: PLC0415 - as above

    frames = (pd.DataFrame, pd.Series, pd.PeriodIndex, pd.MultiIndex, DataFrameGroupBy)
    values = (SeriesGroupBy, type(pd.Series([""]).str), pd.Period, pd.Timestamp, str, list, dict)
    parts = ("Chapter", "EditionsPage", "MeasuresPage", "OpenBook", "Overview", "Quality")
    book = [
        getattr(opened, name) for name in (*parts, "ProjectsPage", "TasksPage", "WatchlistPage")
    ]
    names = {name for kind in (*frames, *values, *book) for name in dir(kind)}
    names |= {"tables", "plan", "chapters", "id", "name", "title", *TABLE_CONTRACTS}
    return frozenset(
        name
        for name in names - _EFFECTS
        if not name.startswith(("_", "to_")) or name in _STAYS_HERE
    )
