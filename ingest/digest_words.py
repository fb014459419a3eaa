"""What a digest says in each of the six UN languages. Numbers stand apart, so that no word depends on them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The phrases of one language; each is complete, with {names} to fill in."""

    counts: tuple[str, str, str, str, str]  # new, replaced, moved, removed, failed
    comma: str
    counted: str
    nothing: str
    new: str
    replaced: str
    moved: str
    removed: str
    failed: str
    supersedes: str
    unaltered: str
    more: str
    was: str
    not_before: str
    no_more: str
    added_paragraph: str
    removed_paragraph: str
    earlier: str
    reworded: str


WORDS = {
    "ar": Words(
        counts=("جديد: {}", "مستبدل: {}", "منقول: {}", "محذوف: {}", "متعذر: {}"),
        comma="، ",
        counted="{counts}؛ دون تغيير: {unchanged}.",
        nothing="لم يتغير شيء؛ وثائق دون تغيير: {}.",
        new="وثيقة جديدة: {document}",
        replaced="استُبدلت: {document}",
        moved="نُقلت: {document}",
        removed="حُذفت: {document}",
        failed="تعذرت قراءة {source}: {reason}",
        supersedes="{after} تحل محل {before}:",
        unaltered="{after} تحل محل {before}، دون تغيير في الأرقام أو التواريخ أو الالتزامات.",
        more="… و{} غير ذلك",
        was="«{after}» بدلا من «{before}»",
        not_before="«{}» (لم يرد من قبل)",
        no_more="لم يعد يرد «{}»",
        added_paragraph="فقرة جديدة: «{}»",
        removed_paragraph="فقرة محذوفة: «{}»",
        earlier="النسخة السابقة",
        reworded="فقرات تغيرت صياغتها وحدها: {}",
    ),
    "en": Words(
        counts=("{} new", "{} replaced", "{} moved", "{} removed", "{} failed"),
        comma=", ",
        counted="{counts}; {unchanged} unchanged.",
        nothing="Nothing changed: {} documents as before.",
        new="New: {document}",
        replaced="Replaced: {document}",
        moved="Moved: {document}",
        removed="Removed: {document}",
        failed="Failed: {source}: {reason}",
        supersedes="{after} supersedes {before}:",
        unaltered="{after} supersedes {before}; no figure, date or commitment changed.",
        more="… and {} more",
        was='"{after}" was "{before}"',
        not_before='"{}" is new',
        no_more='"{}" is gone',
        added_paragraph='new paragraph: "{}"',
        removed_paragraph='paragraph removed: "{}"',
        earlier="earlier version",
        reworded="Paragraphs where only the wording changed: {}",
    ),
    "es": Words(
        counts=("nuevos: {}", "sustituidos: {}", "trasladados: {}", "retirados: {}", "fallidos: {}"),
        comma=", ",
        counted="{counts}; sin cambios: {unchanged}.",
        nothing="Nada ha cambiado; documentos sin cambios: {}.",
        new="Nuevo: {document}",
        replaced="Sustituido: {document}",
        moved="Trasladado: {document}",
        removed="Retirado: {document}",
        failed="No se pudo leer {source}: {reason}",
        supersedes="{after} sustituye a {before}:",
        unaltered="{after} sustituye a {before}; no cambian cifras, fechas ni compromisos.",
        more="… y {} más",
        was="«{after}» en lugar de «{before}»",
        not_before="«{}» es nuevo",
        no_more="«{}» ya no figura",
        added_paragraph="párrafo nuevo: «{}»",
        removed_paragraph="párrafo suprimido: «{}»",
        earlier="versión anterior",
        reworded="Párrafos en que solo cambió la redacción: {}",
    ),
    "fr": Words(
        counts=("nouveaux : {}", "remplacés : {}", "déplacés : {}", "retirés : {}", "échecs : {}"),
        comma=", ",
        counted="{counts} ; inchangés : {unchanged}.",
        nothing="Rien n’a changé ; documents inchangés : {}.",
        new="Nouveau : {document}",
        replaced="Remplacé : {document}",
        moved="Déplacé : {document}",
        removed="Retiré : {document}",
        failed="Échec : {source} : {reason}",
        supersedes="{after} remplace {before} :",
        unaltered="{after} remplace {before} ; aucun chiffre, date ou engagement n’a changé.",
        more="… et {} autres",
        was="« {after} » au lieu de « {before} »",
        not_before="« {} » est nouveau",
        no_more="« {} » ne figure plus",
        added_paragraph="nouveau paragraphe : « {} »",
        removed_paragraph="paragraphe supprimé : « {} »",
        earlier="version précédente",
        reworded="Paragraphes dont seule la rédaction a changé : {}",
    ),
    "ru": Words(
        counts=("новых: {}", "замененных: {}", "перемещенных: {}", "удаленных: {}", "с ошибкой: {}"),
        comma=", ",
        counted="{counts}; без изменений: {unchanged}.",
        nothing="Ничего не изменилось; документов без изменений: {}.",
        new="Новый: {document}",
        replaced="Заменен: {document}",
        moved="Перемещен: {document}",
        removed="Удален: {document}",
        failed="Не прочитан {source}: {reason}",
        supersedes="{after} заменяет {before}:",
        unaltered="{after} заменяет {before}; цифры, даты и обязательства не изменились.",
        more="… и еще {}",
        was="«{after}» вместо «{before}»",
        not_before="«{}» — новое",
        no_more="«{}» больше не значится",
        added_paragraph="новый пункт: «{}»",
        removed_paragraph="пункт исключен: «{}»",
        earlier="предыдущая версия",
        reworded="Пунктов, где изменилась только формулировка: {}",
    ),
    "zh": Words(
        counts=("新增 {}", "替换 {}", "移动 {}", "移除 {}", "失败 {}"),
        comma="，",
        counted="{counts}；未变 {unchanged}。",
        nothing="没有变化；未变的文件：{}。",
        new="新增：{document}",
        replaced="替换：{document}",
        moved="移动：{document}",
        removed="移除：{document}",
        failed="无法读取 {source}：{reason}",
        supersedes="{after} 取代 {before}：",
        unaltered="{after} 取代 {before}；数字、日期和承诺均无变化。",
        more="……另有 {} 项",
        was="“{after}”原为“{before}”",
        not_before="“{}”为新增",
        no_more="“{}”已删除",
        added_paragraph="新增段落：“{}”",
        removed_paragraph="删除段落：“{}”",
        earlier="前一版本",
        reworded="仅措辞有变的段落：{}",
    ),
}
