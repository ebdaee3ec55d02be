"""What a brief in Word says of its origin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Issued:
    """Who issues a brief, its date, and what its foot says: edition, data, marks."""

    author: str
    as_of: date
    foot: str
