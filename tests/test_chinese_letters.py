"""Chinese in what matplotlib draws: by `import planbook` alone, before or after matplotlib."""

from __future__ import annotations

import os
import subprocess
import sys
from textwrap import indent

import pytest

from tests.books import ROOT

DRAW = """
import matplotlib.pyplot as plt
figure, axes = plt.subplots()
axes.set_title("营业收入−3")
figure.savefig("drawn.png")
figure.savefig("drawn.pdf")
"""


def run(code: str, folder: object) -> str:
    """Run code where every warning is an error and logging is printed; return what it printed."""
    before = "import matplotlib\nmatplotlib.use('agg')\nimport logging\nlogging.basicConfig()\n"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", before + code],
        cwd=str(folder),
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "MPLCONFIGDIR": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "code",
    [
        "import planbook" + DRAW,
        "import matplotlib.pyplot\nimport planbook" + DRAW,
        "import planbook\nimport seaborn\nseaborn.set_theme()" + DRAW,
        "import planbook" + DRAW.replace("figure,", "plt.style.use('ggplot')\nfigure,"),
        "import planbook"
        + DRAW.replace("figure,", "plt.rcParams['font.sans-serif'] = ['SimHei']\nfigure,"),
        "import planbook"
        + DRAW.replace("figure,", "plt.rcParams['font.family'] = 'KaiTi'\nfigure,"),
    ],
    ids=["before", "after", "seaborn", "style", "SimHei", "KaiTi"],
)
def test_a_plain_plot_shows_chinese_without_settings(code: str, tmp_path: object) -> None:
    assert run(code, tmp_path) == ""


def test_without_planbook_it_does_not(tmp_path: object) -> None:
    said = run(f"try:{indent(DRAW, '    ')}\nexcept UserWarning as warned: print(warned)", tmp_path)
    assert "missing from font" in said


def test_no_setting_is_touched_and_letters_keep_their_font(tmp_path: object) -> None:
    look = (
        "import matplotlib.pyplot as plt\n"
        "from matplotlib import font_manager as fonts\n"
        "changed = [k for k, v in plt.rcParams.items() if v != plt.rcParamsDefault[k]]\n"
        "print([name for name in changed if 'backend' not in name])\n"
        "found = fonts.fontManager._find_fonts_by_props(fonts.FontProperties())\n"
        "print([name.rpartition('/')[2] for name in found])"
    )
    said = run(f"import planbook\n{look}", tmp_path)
    assert said.startswith("[]\n")
    assert "['DejaVuSans.ttf', 'NotoSansSC-Regular.otf']" in said


def test_importing_planbook_imports_no_matplotlib(tmp_path: object) -> None:
    code = "import sys; import planbook; print([m for m in sys.modules if 'pyplot' in m])"
    assert run(code, tmp_path) == "[]\n"
