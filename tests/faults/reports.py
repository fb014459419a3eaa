"""Small reports of our own making in six languages, each with words that stand nowhere else."""

import string
from dataclasses import dataclass, replace
from pathlib import Path

import docx

SUFFIXES = ("md", "txt", "docx")
_MARKS_KEPT = 3


@dataclass(frozen=True)
class Wording:
    """How a report is put in one language; `marked` holds the words by which one paragraph is found."""

    masthead: str
    title: str
    opening: tuple[str, ...]
    marked: str


WORDINGS = {
    "ar": Wording(
        "الأمم المتحدة",
        "تقرير عن العبارات في {place}",
        (
            "يصف هذا التقرير عمل العبارات التي تخدم {place}، وقد طلبه مجلس الممرات المائية في دورته العادية.",
            "تنقل كل عبارة الركاب والبضائع مرتين في اليوم، ويدفع سكان الجزر نصف الأجرة.",
        ),
        "أوصت مراجعة الأرصفة في {place} بتجديد الرصيف الذي يحمل الرمز {mark} قبل نهاية العام.",
    ),
    "en": Wording(
        "United Nations",
        "Report on the ferries of {place}",
        (
            "The present report describes the ferries that serve {place} and was requested by the Waterways Board.",
            "Each ferry carries passengers and goods twice a day, and islanders pay half of the fare.",
        ),
        "The review of the piers of {place} advised that the pier known as {mark} be renewed before the year ends.",
    ),
    "es": Wording(
        "Naciones Unidas",
        "Informe sobre los transbordadores de {place}",
        (
            "En el presente informe se describen los transbordadores que prestan servicio a {place}, a solicitud de la "
            "Junta de Vías Navegables.",
            "Cada transbordador lleva pasajeros y mercancías dos veces al día, y los isleños pagan la mitad.",
        ),
        "En el examen de los muelles de {place} se aconsejó renovar antes de fin de año el muelle llamado {mark}.",
    ),
    "fr": Wording(
        "Nations Unies",
        "Rapport sur les bacs de {place}",
        (
            "Le présent rapport décrit les bacs qui desservent {place} ; il a été demandé par le Conseil des voies "
            "navigables.",
            "Chaque bac transporte deux fois par jour des passagers et des marchandises, et les insulaires paient "
            "la moitié du prix.",
        ),
        "L’examen des quais de {place} conseille de rénover avant la fin de l’année le quai appelé {mark}.",
    ),
    "ru": Wording(
        "Организация Объединенных Наций",
        "Доклад о паромах в {place}",
        (
            "В настоящем докладе описываются паромы, которые обслуживают {place}; он подготовлен по просьбе Совета "
            "по водным путям.",
            "Каждый паром дважды в день перевозит пассажиров и грузы, а жители островов платят половину цены.",
        ),
        "По итогам проверки причалов в {place} рекомендовано до конца года обновить причал под названием {mark}.",
    ),
    "zh": Wording(
        "联合国",
        "关于{place}渡轮的报告",
        (
            "本报告介绍为{place}提供服务的渡轮，系应水道委员会的要求编写，并说明了过去一年的客运情况。",
            "每艘渡轮每天两次运送旅客和货物，岛上居民只需支付一半的票价，学生可以免费乘坐。",
        ),
        "对{place}码头的审查建议在年底之前翻修称为 {mark} 的码头，并由港务局负责监督工程进度。",
    ),
}


@dataclass(frozen=True)
class Report:
    """A report of so many numbered paragraphs: the opening ones, and one for each mark, the newest first."""

    number: int
    marks: tuple[str, ...]
    revision: int = 0

    @property
    def language(self) -> str:
        """One of the six, in turn."""
        return list(WORDINGS)[self.number % len(WORDINGS)]

    @property
    def suffix(self) -> str:
        """The format that it is written in."""
        return SUFFIXES[self.number // len(WORDINGS) % len(SUFFIXES)]

    @property
    def symbol(self) -> str:
        """Its symbol, which is that of no real document."""
        return f"SAMPLE/2031/{self.number}" + (f"/Rev.{self.revision}" if self.revision else "")

    @property
    def title(self) -> str:
        """Its title, which no other work has."""
        return WORDINGS[self.language].title.format(place=self._place)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The texts of its paragraphs, which are numbered from 1."""
        wording = WORDINGS[self.language]
        marked = (wording.marked.format(place=self._place, mark=mark) for mark in self.marks)
        return (*marked, *(text.format(place=self._place) for text in wording.opening))

    def sentence(self, mark: str) -> str:
        """The paragraph that bears a mark."""
        return WORDINGS[self.language].marked.format(place=self._place, mark=mark)

    def with_mark(self, mark: str) -> "Report":
        """The report with a paragraph inserted at its top; the oldest such paragraph goes when there are many."""
        return replace(self, marks=(mark, *self.marks)[:_MARKS_KEPT])

    def revised(self, mark: str) -> "Report":
        """The next edition."""
        return replace(self.with_mark(mark), revision=self.revision + 1)

    def write(self, path: Path) -> None:
        """Writes it in the format that the path names."""
        masthead = f"{WORDINGS[self.language].masthead} {self.symbol}"
        numbered = [f"{number}. {text}" for number, text in enumerate(self.paragraphs, 1)]
        if path.suffix == ".docx":
            document = docx.Document()
            document.add_paragraph(masthead)
            document.add_heading(self.title, level=0)
            for text in numbered:
                document.add_paragraph(text)
            document.save(str(path))
            return
        head = [masthead, f"# {self.title}"] if path.suffix == ".md" else [self.title, masthead]
        path.write_text("\n\n".join([*head, *numbered]), encoding="utf-8")

    @property
    def _place(self) -> str:
        return f"{coined(self.number, length=5)}port".capitalize()


def coined(number: int, *, length: int = 8) -> str:
    """A word of consonants that no text holds, another for each number."""
    letters = [c for c in string.ascii_lowercase if c not in "aeiouy"]
    word = ""
    for _ in range(length - 1):
        number, letter = divmod(number, len(letters))
        word = letters[letter] + word
    return f"q{word}"
