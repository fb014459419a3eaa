"""What tables, figures and boxes are called in the six languages."""

import re

TABLES = "Table|Tableau|Cuadro|Таблица|表|الجدول"
BOXES = "Box|Encadré|Recuadro|Вставка|插文|方框|الإطار"
_FIGURES = "Figure|Chart|Map|Graph|Graphique|Carte|Gráfico|Figura|Mapa|Диаграмма|Рисунок|Карта|图|الشكل"
CAPTIONED = rf"(?:{TABLES}|{BOXES}|{_FIGURES})"
_CALLED = re.compile(
    rf"^{CAPTIONED}\s*(?:\d+(?:\.\d+)?|[IVXL]+|[A-Z]|[٠-٩]+|[一二三四五六七八九十]+)(?!\w)", re.IGNORECASE
)


def caption_label(text: str) -> str | None:
    """What a caption calls what it stands above ("Table 2"), or None."""
    found = _CALLED.match(text)
    return found.group() if found else None
