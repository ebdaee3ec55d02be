"""Areas that the values of tests' plans may cover."""

from planbook.plan.parts import Scope
from planbook.vocabulary import UNSTATED

DIRECT, WHOLE, NEW_DISTRICT = "直管区", "全域", "新行政区"
SCOPES = (
    Scope(id="direct", name=DIRECT, also=("直管", "直管区域")),
    Scope(id="whole", name=WHOLE),
    Scope(id="new_district", name=NEW_DISTRICT, since_break=True),
)

__all__ = ["DIRECT", "NEW_DISTRICT", "SCOPES", "UNSTATED", "WHOLE"]
