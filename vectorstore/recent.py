"""What was wanted lately is kept at hand: a few paragraphs answer most of what is asked in a week."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Values that never change, by their keys: those that were wanted last, as many as `most`; for several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, keys: Iterable[Key], load: Callable[[list[Key]], Mapping[Key, Value]]) -> dict[Key, Value]:
        """The values of these keys; `load` is given those not at hand, if any, and what it leaves out is not there."""
        wanted = dict.fromkeys(keys)
        found = self._known(wanted)
        if missing := [key for key in wanted if key not in found]:
            loaded = load(missing)
            self._keep(loaded)
            found.update(loaded)
        return found

    def _known(self, wanted: Iterable[Key]) -> dict[Key, Value]:
        with self._lock:
            found = {key: self._kept[key] for key in wanted if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        return found

    def _keep(self, loaded: Mapping[Key, Value]) -> None:
        with self._lock:
            self._kept.update(loaded)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
