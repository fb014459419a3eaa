"""Words that say no in the six UN languages, and those that come to the same: "lack", "refuse", "rather than"."""

# Not those that deny nothing: "not only", "no doubt", in Chinese "least developed", in Arabic "still".
NEGATIONS = {
    "en": r"not(?! (?:only|just|least|limited|merely|withstanding))|never|no(?! (?:doubt|matter|one left)\b)|cannot"
    r"(?! be over)|neither|nor|none|nobody|nothing|without(?! (?:delay|prejudice|exception|doubt))|unable|yet to"
    r"|no longer|hardly|exempt(?:ed)?",
    "fr": r"ne|n['’]|sans(?! (?:délai|tarder|préjudice|doute|exception|cesse|précédent))|exempt\w{0,3}|exonér\w{1,3}"
    r"|non(?!-| (?:seulement|autonome|gouvernemental|permanent|membre|transmissible|réservé|préaffect|classif"
    r"|contraign))",
    "es": r"no(?! (?:solo|sólo|obstante|autónom|gubernamental|permanente|transmisible|estatal|básic))"
    r"|(?-i:N)(?:unca|ingun[oa]|ingún)|sin(?! (?:demora|embargo|perjuicio|duda|excepción|precedente))|tampoco"
    r"|exent[oa]s?",
    "ru": r"не(?! только)|нет|без(?! (?:промедлени|задержк|ущерба|исключени))\w{0}|нельзя"
    r"|освобожд\w+",
    "ar": r"[وف]?(?:لا(?! (?:سيما|[يت]زال|بد))|لن|لم|ليست?|ليس\w?(?! فقط)|عدم|دون(?! (?:الإقليمي|إقليمي|تأخير|إبطاء))"
    r"|غير(?! (?:الحكومي|حكومي|الرسمي|رسمي|الأساسي|أساسي|المتمتعة|الساحلي|المعدي|المباشر|الدائم))|معفاة?|إعفاء"
    r"|تُ?عفى)",
    "zh": r"(?<![最])不(?![妨断时同但久良论管少平等安稳定确歧扩结当利足法公幸至过]|[仅只](?!限))"
    r"|未(?![来成必])|没有|免(?![疫费])"
    r"|无(?![论保障偿核家国人条线])|非(?![洲政正常核传自洲])|勿|莫(?![桑斯尔])",
}
# What says no by what it does: who lacks a plan has none.
REFUSALS = {
    "en": r"lack(?:s|ed|ing)?|fail(?:s|ed|ure)? to|refus(?:es?|ed|al)(?: to)?|reject(?:s|ed|ion)?|exclud(?:es?|ed)"
    r"|absence of|den(?:y|ies|ied)|prohibit(?:s|ed)?|oppos(?:es?|ed)|decline[sd]? to|refrain(?:s|ed)? from"
    r"|ke(?:ep|eps|pt)(?: \w+){1,4} out of",
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
    "en": r"miss(?:ed|es|ing)|un(?:\w{4,}ed|met|paid|done)|incomplete|except\w*|pending|failures?|absent|rather than"
    r"|instead of|critici[sz]\w+"
    r"|ceas\w+|stop(?:s|ped)?|only|solely|insufficien\w+|inadequa\w+|gaps?|shortfalls?|shortages?|deficien\w+"
    r"|unavailable|hamper\w+|imped\w+|prevent(?:s|ed)?|ended",
    "fr": r"défaut|manqu\w+|plutôt que|au lieu d\w*|critiqu\w+|cess\w+|seul\w*|uniquement|exclusive\w*|insuffisan\w+"
    r"|lacunes?|pénuries?"
    r"|entrav\w+|faute d\w*|en attente",
    "es": r"falta\w*|salvo|excepto|exclu\w+|en lugar de|en vez de|critic\w+|ces\w+|dejó de|sol[oa]s?|únicamente"
    r"|insuficien\w+|lagunas|deficien\w+|escase\w+|obstaculiz\w+|pendientes?",
    "ru": r"исключ\w+|кроме|вместо|критик\w+|прекра\w+|только|лишь|исключительно|недостат\w+|пробел\w*|дефицит\w*"
    r"|мешал\w*|ожида\w+",
    "ar": r"باستثناء|بدلا من|انتقد\w*|توقف\w*|فقط|حصرا|نقص|قصور|ثغرات|فجوات|[يت]عرقل\w*|[يت]عوق|معلق\w?",
    "zh": r"除外|尚待|有待|而不是|而非|批评|停止|仅|只|不足|缺口|差距|短缺|妨碍|阻碍|待",
}
