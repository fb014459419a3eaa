"""Questions drawn from what reports say and from question banks, in the six languages."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

_TEMPLATES = {
    "ar": "ماذا تقول التقارير عن {words}؟",
    "en": "What do the reports say about {words}?",
    "es": "¿Qué dicen los informes sobre {words}?",
    "fr": "Que disent les rapports sur {words} ?",
    "ru": "Что говорится в докладах о следующем: {words}?",
    "zh": "报告关于“{words}”是怎么说的？",
}
_LANGUAGES_ASKED = ("auto", "auto", "auto", *_TEMPLATES)  # of the answer
_WORDS = (4, 14)
_CHARACTERS = (8, 30)  # the same in Chinese
_FROM_BANKS = 0.2


@dataclass(frozen=True)
class Passage:
    """Words of a report, and their language."""

    text: str
    language: str


class Questions:
    """Makes questions, the same for a seed."""

    def __init__(self, random: Random, passages: Sequence[Passage], banks: Iterable[Path]) -> None:
        self._random = random
        self._passages = passages
        self._banked = [json.loads(line)["question"] for bank in banks for line in bank.read_text("utf-8").splitlines()]

    def bodies(self, number: int) -> Iterator[dict[str, str]]:
        """So many bodies for POST /v1/ask."""
        for _ in range(number):
            is_banked = self._banked and self._random.random() < _FROM_BANKS
            question = self._random.choice(self._banked) if is_banked else self._drawn()
            yield {"question": question, "language": self._random.choice(_LANGUAGES_ASKED)}

    def _drawn(self) -> str:
        """A question in the words of a report; now and then in the frame of another language."""
        passage = self._random.choice(self._passages)
        is_chinese = passage.language == "zh"
        parts = passage.text if is_chinese else passage.text.split()
        length = self._random.randint(*(_CHARACTERS if is_chinese else _WORDS))
        start = self._random.randrange(max(1, len(parts) - length))
        words = parts[start : start + length]
        framed = passage.language if self._random.random() < 0.8 else self._random.choice(list(_TEMPLATES))
        return _TEMPLATES[framed].format(words="".join(words) if is_chinese else " ".join(words))
