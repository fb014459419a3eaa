"""What tables, figures and boxes are called in the six languages."""

import re

CAPTIONED = (
    r"(?:Table|Figure|Box|Chart|Map|Graph|Tableau|Encadré|Graphique|Carte|Cuadro|Gráfico|Figura|Recuadro|Mapa"
    r"|Таблица|Диаграмма|Вставка|Рисунок|Карта|表|图|插文|方框|الجدول|الشكل|الإطار)"
)
_CALLED = re.compile(
    rf"^{CAPTIONED}\s*(?:\d+(?:\.\d+)?|[IVXL]+|[A-Z]|[٠-٩]+|[一二三四五六七八九十]+)(?!\w)", re.IGNORECASE
)


def caption_label(text: str) -> str | None:
    """What a caption calls what it stands above ("Table 2"), or None."""
    found = _CALLED.match(text)
    return found.group() if found else None
