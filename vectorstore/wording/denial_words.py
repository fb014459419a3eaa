"""Words that say no in the six UN languages, and those that come to the same: "lack", "refuse", "rather than"."""

NEGATIONS = {
    "en": r"not|never|no|cannot|neither|nor|without|unable|yet to|exempt(?:ed)?",
    "fr": r"ne|n['’]|sans|exempt\w{0,3}|exonér\w{1,3}",
    "es": r"no|(?-i:N)(?:unca|ingun[oa]|ingún)|sin|tampoco|exent[oa]s?",
    "ru": r"не|нет|без|нельзя|освобожд\w+",
    "ar": r"[وف]?(?:لا|لن|لم|ليست?|ليس\w?|عدم|دون|غير|معفاة?|إعفاء|تُ?عفى)",
    "zh": r"不(?!妨|断)|未(?!来)|没有|免(?!疫)|无(?!论|保留|障碍|偿)|非(?!洲|政府|正式|常)|勿|莫",
}
# What says no by what it does: who lacks a plan has none.
REFUSALS = {
    "en": r"lack(?:s|ed|ing)?|fail(?:s|ed|ure)? to|refus(?:es?|ed|al)(?: to)?|reject(?:s|ed|ion)?|exclud(?:es?|ed)"
    r"|absence of|den(?:y|ies|ied)|prohibit(?:s|ed)?|oppos(?:es?|ed)|decline[sd]? to|refrain(?:s|ed)? from",
    "fr": r"manque(?:nt)? d|absence d|échou\w+|refus(?:e|ent|é|ée|és)?|rejet(?:te|tent|é|ée|és)?|exclu\w*|incapables?"
    r"|interdi(?:t|sent|te)|s['’]abst(?:ient|iennent|enir)|s['’]oppose(?:nt)?|dépourvue?s?|empêch\w+",
    "es": r"care(?:ce|cen|cía|cían|ncia)|ausencia|rechaz\w+|excluy\w+|falta de|se (?:negó|negaron|niega|niegan)"
    r"|prohíbe[n]?|prohibi(?:ó|do|da)|se abst\w+|se op(?:one|onen|uso|usieron)|incapa(?:z|ces)|impid\w+",
    "ru": r"отсутств\w+|нехватк\w+|лишен\w*|отказ(?:ал\w*|ыва\w+|а|ом)?|отклон\w+|исключ(?:ен\w*|а(?:ет|ют)|ил\w*)"
    r"|запре(?:щ\w+|т\w*)|возража\w+|воздерж\w+|препятству\w+|лишь не",
    "ar": r"[وف]?(?:[يت]?فتقر\w{0,2}|ا?نعدام|غياب|[يت]?رفض\w*|تعذر|استبعد\w*|[يت]حظر|حظر|امتنع\w*|عارض\w*)",
    "zh": r"缺乏|缺少|拒绝|排除|未能|反对|禁止|否认|无法",
}
# What a paragraph may say where a claim says no, though it often says less.
LACKS = {
    "en": r"miss(?:ed|es|ing)|un\w{4,}ed|except\w*|pending|failures?|absent|rather than|instead of|critici[sz]\w+"
    r"|ceas\w+|stop(?:s|ped)?|only|solely|insufficien\w+|inadequa\w+|hamper\w+|imped\w+|prevent(?:s|ed)?|ended",
    "fr": r"défaut|manqu\w+|plutôt que|au lieu d\w*|critiqu\w+|cess\w+|seul\w*|uniquement|exclusive\w*|insuffisan\w+"
    r"|entrav\w+|faute d\w*|en attente",
    "es": r"falta\w*|salvo|excepto|exclu\w+|en lugar de|en vez de|critic\w+|ces\w+|dejó de|sol[oa]s?|únicamente"
    r"|insuficien\w+|obstaculiz\w+|pendientes?",
    "ru": r"исключ\w+|кроме|вместо|критик\w+|прекра\w+|только|лишь|исключительно|недостат\w+|мешал\w*|ожида\w+",
    "ar": r"باستثناء|بدلا من|انتقد\w*|توقف\w*|فقط|حصرا|نقص|قصور|[يت]عرقل\w*|[يت]عوق|معلق\w?",
    "zh": r"除外|尚待|有待|而不是|而非|批评|停止|仅|只|不足|妨碍|阻碍|待",
}
