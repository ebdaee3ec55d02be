"""What the page 图例 says of the goals that it draws: they are invented.

How to read each chart stands in the page's text, ``assets/texts/legend.md`` of produce.
"""

from __future__ import annotations

EXAMPLE = "示例"
SOURCE = "虚构示例，只说明怎样读图，不是任何方案的目标或数据。"
MOVED = "虚构示例中状态有变化的目标"
