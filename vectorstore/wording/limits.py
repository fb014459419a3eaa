"""What limits what a text says, in the six UN languages: "only", "already", "no longer", "exactly", "wholly"."""

import re
from collections.abc import Mapping
from functools import cache

from vectorstore.wording.patterns import whole

# "Only" and what denies it; "already" and what comes before it.
_ONLY = {
    "en": r"only|solely|exclusively|merely|nothing but|(?:limited|confined|restricted) to",
    "fr": r"seul\w*|uniques?|uniquement|exclusivement|simplement|se (?:limit|born|content)\w+|limitée?s? à",
    "es": r"sol[oa]s?|sólo|solamente|únic[oa]s?|únicamente|exclusivamente|se limit\w+|limitad[oa]s? a",
    "ru": r"(?<!как )(?<!как это )только|лишь|исключительно|единственн\w+|ограничива\w+|ограничен\w*",
    "ar": r"فقط|حصرا|[يت]قتصر\w*|سواها|سواه|سوى|(?:ال)?وحيد\w?|[يت]كتفي",
    "zh": r"仅|只有|只能|只是|只(?=[涉针为由对在])|限于|唯一|完全在于",
}
# "Only" as a judgement of a figure or of what must come first, which says no more than these do.
_JUDGED = {
    "en": r"only (?:(?:about|some|around|a) )?(?:\d|half|(?:one|two|three|four|five|six|seven|eight|nine"
    r"|ten)(?!\w)|\w+ per cent|few|if|when|once|after|by)|can only",
    "fr": r"seule?s? (?:environ )?\d|seule?ment (?:environ )?\d|seulement (?:si|lorsque|quand|après)|que si",
    "es": r"sol[oa]s? (?:unos |unas )?(?:\d|un |una |si|cuando)|solamente \d|únicamente (?:\d|si)",
    "ru": r"(?:лишь|только) (?:около |порядка )?(?:\d|после|если|когда|при условии)",
    "ar": r"\d\w* (?:\S+ ){0,3}فقط|سوى (?:\S+ ){0,2}\d|فقط (?:إذا|بعد|عندما)",
    "zh": r"(?:仅|只有?)\D{0,4}\d|只有\D{0,20}才|仅[一二三四五六七八九十两]",
}
# What a paragraph may say where a claim says "only".
_ALONE = {
    "en": r"just|simply|sole|alone|single|exclusive|unique\w*|one|limit\w+|confin\w+|restrict\w+|except\w*"
    r"|other than|apart from"
    r"|no(?:t)? more|none but|bar(?:ely|ring)|few\w*|little|at most|un(?:til|less)|remaining|exempt\w*|exceed\w*",
    "fr": r"exclusi\w*|unique\w*|un seul|limit\w+|restr\w+|born\w+|sauf|autres? que|hormis|except\w+"
    r"|à peine|peu|n(?:e |['’])\w+ (?:\w+ ){0,3}qu\w*|rares?|dépass\w+|excéd\w+"
    r"|au plus|réserv\w+|simple\w*",
    "es": r"no \w+ otr[oa]s? \w+ que|exclusiv\w*|únic\w*|limit\w+|restring\w+|salvo|except\w+|excepto"
    r"|apenas|poc[oa]s?|más que|sino"
    r"|a lo sumo|exced\w+|super\w+"
    r"|reserv\w+|mer[oa]\w*|simple\w*",
    "ru": r"единствен\w+|одн[аио]\w*|один|ограничен\w*|кроме|за исключением|исключ\w+|помимо|едва|мало"
    r"|немног\w+|всего|превыш\w+",
    "ar": r"وحيد\w*|وحد\w+|واحد\w?|محدود\w*|باستثناء|إلا|مجرد|تجاوز\w*|[يت]تجاوز|[يت]زيد|قليل\w*"
    r"|[يت]قتصر\w*|مقصور\w*|اقتصر\w*",
    "zh": r"仅|只|唯|才|限|除|单|专|少|独|超过|不过",
}
_NOT_ONLY = {
    "en": r"not (?:only|just|solely|merely|exclusively|(?:limited|confined|restricted) to)|more than just",
    "fr": r"ne (?:se limit|se born|s['’]arrêt)\w+ pas|pas (?:seulement|uniquement|exclusivement|que|limitée?s? à)"
    r"|non seulement",
    "es": r"no (?:(?:es|son|se trata|está\w?) (?:\w+ )?)?(?:solo|sólo|solamente|únicamente|exclusivamente)"
    r"|no se (?:limit|circunscrib|reduc)\w+",
    "ru": r"не только|не ограничива\w+|не свод\w+",
    "ar": r"(?:لا|لم|لن) [يت]قتصر\w*|ليست? فقط|(?:لا|ليست?) (?:\S+ ){1,4}(?:فحسب|فقط)|لا [يت](?:نحصر|كتفي)\w*",
    "zh": r"不仅|不(?:只|单|限于|局限于|光)(?!能)|并非(?:只|仅)",
}
_ALREADY = {
    "en": r"already",
    "fr": r"déjà",
    "es": r"ya(?! (?:que|sea|no)\b)",
    "ru": r"уже(?! не\b)",
    "ar": r"بالفعل|سبق(?: ل\w+)?",
    "zh": r"已经|早已",
}
_NOT_YET = {
    "en": r"not yet|yet to|before|until|prior to|pending",
    "fr": r"pas encore|avant(?! de\b)|toujours pas|en attente",
    "es": r"aún no|todavía no|antes(?! de (?:20|19))|pendientes?",
    "ru": r"еще не|пока не|до того|прежде|перед тем",
    "ar": r"(?:لم|لما) \w+(?: \w+){0,4} بعد|قبل",
    "zh": r"尚未|还没|尚待|之前|(?<!目)前(?=[，,])",
}
_STILL = {
    "en": r"still|remain(?:s|ed|ing)?|continu\w+|persist\w*|(?:in|into) force",
    "fr": r"toujours|encore|demeur\w+|rest(?:e|ent|ait|aient)|continu\w+|persist\w+|en vigueur|maint\w+",
    "es": r"sigue[n]?|siguió|siguen|todavía|aún|permanec\w+|continú?\w+|persist\w+|vigente|en vigor|mant\w+",
    "ru": r"по-прежнему|все еще|пока|оста[юе]\w*|сохраня\w+|продолж\w+|в силе|действует",
    "ar": r"[لم]ا (?:[يت]زال\w*|زال\w*)|واصل\w*|[يت]واصل\w*|استمر\w*|[يت]ستمر\w*|ساري\w*|[يت]بقى",
    "zh": r"仍然?|继续|依然|持续|有效",
}
_NO_LONGER = {
    "en": r"no longer|not any ?more|ceas(?:es|ed) to|supersed\w+|repeal\w+|rescind\w+|lapsed|expired|discontinu\w+",
    "fr": r"n(?:e |['’])\w+(?: \w+)? plus(?! (?:de|que|d['’]|long|grand|tard|tôt|haut)\b)|(?:a"
    r"|ont) cessé d\w*|abrog\w+|caduc\w*|expiré\w*|rempla\w+",
    "es": r"ya no|dej(?:ó|aron|a|an|arán?) de|ha[n]? dejado de|derog\w+|caduc\w+|expir\w+|sustituid\w+"
    r"|quedan? sin efecto",
    "ru": r"(?:больше|более|уже) не(?!\s?\d)|переста(?:л|не)\w*|прекрат\w+|отмен\w+|утратил\w* силу"
    r"|истек\w*|заменен\w*",
    "ar": r"لم (?:[يت]عد|[يت]عودوا)|ما عاد\w*|ألغي\w*|[يت]لغي|انتهت صلاحي\w+|[سيت]{0,2}كف\w? عن"
    r"|س[يت]توقف\w*|[يت]حل محل",
    "zh": r"不再|无法继续|停止|已?废止|失效|取代|不复",
}
_EXACTLY = {
    "en": r"exactly|precisely",
    "fr": r"exactement|précisément|très exactement",
    "es": r"exactamente|precisamente|justo",
    "ru": r"ровно|точно|в точности",
    "ar": r"بالضبط|تماما|بالتحديد",
    "zh": r"恰好|正好|整整|刚好|恰恰",
}
_ABOUT = {
    "en": r"approximate\w*|(?:about|around|some) (?:\W?\d|\w+ (?:per cent|million|thousand|hundred))"
    r"|roughly|nearly|almost|estimated|close to|circa",
    "fr": r"environ|approximativ\w+|près d\w*|presque|quelque \d|une? (?:dizaine|vingtaine|trentaine"
    r"|cinquantaine|centaine)|à peu près|estim\w+",
    "es": r"aproximad\w+|alrededor|cerca de|casi|unos|unas|estimad\w+|en torno",
    "ru": r"примерно|приблизительно|около|порядка|почти|прибл|оценочн\w+|по оценк\w+",
    "ar": r"حوالي|نحو|زهاء|قرابة|ما يقرب|تقريبا|ما يقارب|يناهز|تقدر",
    "zh": r"大约|约|近|左右|将近|大概|估计|上下",
}
_WHOLLY = {
    "en": r"perfectly|fully|entirely|completely|totally|wholly|absolutely|immediately|at once|instantly"
    r"|invariably|always",
    "fr": r"parfaitement|pleinement|entièrement|complètement|totalement|absolument|immédiatement"
    r"|sur-le-champ|aussitôt",
    "es": r"perfectamente|plenamente|completamente|totalmente|absolutamente|íntegramente|enteramente"
    r"|inmediatamente|de inmediato|siempre",
    "ru": r"совершенно|полностью|целиком|абсолютно|всецело|немедленно|незамедлительно|сразу|всегда",
    "ar": r"تماما|كليا|بالكامل|بشكل كامل|فورا|على الفور|دائما|مطلقا",
    "zh": r"完全|彻底|绝对|立即|马上|始终|总是|十分",
}
_PARTLY = {
    "en": r"relatively|largely|mostly|mainly|primarily|partly|partially|somewhat|fairly|rather(?! than)"
    r"|gradual\w*|increment\w*|progressive(?:ly)?"
    r"|phased?|often|sometimes|usually|generally|in part|first and foremost|for the most part|under\w+ed"
    r"|insufficient\w*",
    "fr": r"relativement|largement|principalement|surtout|partiellement|en partie|assez|plutôt(?! que)"
    r"|graduel\w*|progressive\w*|par étapes"
    r"|souvent|parfois|généralement|essentiellement|en grande partie|avant tout|insuffisa\w+",
    "es": r"relativamente|en gran (?:parte|medida)|principalmente|sobre todo|parcialmente|en parte"
    r"|bastante|gradual\w*|progresiv\w+|por etapas"
    r"|a menudo|a veces|generalmente|mayormente|ante todo|insuficien\w+",
    "ru": r"относительно|в основном|главным образом|преимущественно|частично|отчасти|довольно|постепенн\w+"
    r"|поэтапн\w+|часто|иногда|обычно"
    r"|в первую очередь|прежде всего|недостаточн\w+|во многом",
    "ar": r"نسبيا|إلى حد كبير|أساسا|في المقام الأول|جزئيا|إلى حد ما|تدريجي\w*|غالبا|أحيانا|عموما|في معظم\w*|غير كاف\w*",
    "zh": r"相对|大体|主要|基本上|部分|在一定程度|逐步|逐渐|分阶段|往往|有时|通常|首先|大多|不足",
}
_SURELY = {
    "en": r"inevitabl\w+|certainly|undoubtedly|confirmed|without (?:a )?doubt|necessarily|definitely|bound to",
    "fr": r"inévitabl\w+|certainement|confirmée?s?|sans (?:aucun |nul )?doute|nécessairement|assurément"
    r"|immanquablement|à coup sûr",
    "es": r"inevitabl\w+|ciertamente|confirmad[oa]s?|sin (?:lugar a )?dudas?|necesariamente|indudablemente|con certeza",
    "ru": r"неизбежн\w+|несомненно|подтвержден\w*|безусловно|обязательно|непременно|наверняка",
    "ar": r"حتما|مؤكد\w*|لا محالة|بالتأكيد|بلا شك|دون شك|لا بد أن|بالضرورة",
    "zh": r"必然|证实|必定|一定会|肯定|毫无疑问|势必",
}
_PERHAPS = {
    "en": r"(?-i:may)(?! not)|can|might|could|possibl[ey]|potential\w*|perhaps|likely|probabl\w+|risk\w*",
    "fr": r"peu(?:t|vent)|pourrai\w+|pourr(?:a|ont)|possib\w+|peut-être|probabl\w+|risqu\w+|susceptibl\w+",
    "es": r"puede[n]?|podr\w+|pud\w+|posib\w+|quizás?|probabl\w+|tal vez|riesgo\w*",
    "ru": r"мо(?:жет|гут)|мог(?:ла|ло|ли)?|возможн\w+|вероятн\w+|риск\w*",
    "ar": r"قد [يت]\w+|[يت]مكن|ربما|يحتمل|محتمل\w*|يجوز|خطر|احتمال\w*",
    "zh": r"可能|或许|也许|可|恐|风险",
}
_LIMITS = {
    "only": _ONLY,
    "not only": _NOT_ONLY,
    "already": _ALREADY,
    "not yet": _NOT_YET,
    "still": _STILL,
    "no longer": _NO_LONGER,
    "exactly": _EXACTLY,
    "about": _ABOUT,
    "wholly": _WHOLLY,
    "partly": _PARTLY,
    "surely": _SURELY,
    "perhaps": _PERHAPS,
}


def limits_in(text: str, language: str) -> frozenset[str]:
    """What a text says of "only", "not only", "already", "not yet" and the like; "not only" is no "only"."""
    found = {
        name: [each.span() for each in _pattern(words[language], language).finditer(text)]
        for name, words in _LIMITS.items()
    }
    not_only = found["not only"]
    found["only"] = [(a, b) for a, b in found["only"] if not any(c <= a and b <= d for c, d in not_only)]
    return frozenset(name for name, spans in found.items() if spans)


def only_judges(text: str, language: str) -> bool:
    """Whether "only" in a text judges a figure, or says what must come first."""
    return _says(_JUDGED, text, language)


def is_alone_in(text: str, language: str) -> bool:
    """Whether a text may say of something what others say by "only"."""
    return _says(_ONLY, text, language) or _says(_ALONE, text, language)


def _says(words: Mapping[str, str], text: str, language: str) -> bool:
    return bool(_pattern(words[language], language).search(text))


@cache
def _pattern(words: str, language: str) -> re.Pattern[str]:
    return whole(words, language)
