"""What one look at a part of the set-up has shown."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "problem"]


@dataclass(frozen=True)
class Finding:
    """How a part of the set-up is; `remedy` says what to do, where there is anything to do."""

    part: str
    state: State
    text: str
    remedy: str = ""
