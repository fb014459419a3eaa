"""Words that tell how strongly something is said, in the six UN languages: verbs, nouns, and what denies."""

from collections.abc import Mapping, Sequence
from typing import Literal

Strength = Literal[
    "must",
    "will",
    "should",
    "may",
    "decides",
    "requests",
    "urges",
    "invites",
    "encourages",
    "proposes",
    "recommends",
    "notes",
    "plans",
]

# What each word may mean, the usual first: what one language has a word for, another has not ("应": shall and should).
# French and Spanish have endings for the future, Arabic a letter before the verb. Some words are told from names ("May
# 2021") by their small letters. Of two that begin alike the longer comes first.
WORDS: Mapping[str, Sequence[tuple[tuple[Strength, ...], str]]] = {
    "en": (
        (("must",), r"(?-i:may) not|shall|must|ha(?:s|ve) to|(?:is|are) (?:required|obliged) to"),
        (("will",), r"will|undertakes?|(?:is|are) committed to|commits? (?:itself|themselves) to|pledges? to"),
        (("should",), r"should|ought to"),
        (("may",), r"(?-i:may)|(?:is|are) (?:allowed|permitted|authorized) to"),
        (("decides",), r"decides?|decided|resolves|adopts|endorses?|endorsed|approves"),
        (
            ("requests",),
            r"(?<!the )(?<!to )(?<!for )(?<!of )(?<!a )requests?(?! (?:for|from)\b)|requested|directs|asks?|asked",
        ),
        (("urges",), r"urges?|urged|calls? (?:up)?on|called (?:up)?on"),
        (("invites",), r"invites?|invited"),
        (("encourages",), r"encourages?|encouraged"),
        (("recommends",), r"recommends?|recommended"),
        (("proposes",), r"proposes?|suggests?"),
        (("notes",), r"t(?:akes?|ook|aking)(?: \w+){0,2} note of|welcomes|welcomed"),
        (
            ("plans",),
            r"plan(?:s|ned|ning)? to"
            r"|(?:is|are|was|were) (?:planned|expected|scheduled|due|projected|set|slated)(?: to)?"
            r"|intend(?:s|ed)? to",
        ),
    ),
    "fr": (
        (("may",), r"(?:souhaiter|voudr)(?:a|ont) peut-être"),
        (("must",), r"ne peu(?:t|vent) (?:pas|être|en aucun)|ne pourr(?:a|ont)"),
        (("must", "will"), r"devr(?:a|ont)"),
        (("must",), r"doi(?:t|vent)|(?:est|sont) tenue?s? de"),
        (
            ("will", "must"),
            r"(?!pourr|extra)(?-i:[a-zà-ÿ])\w{0,20}(?:er|ir|dr|vr|tr|ur|rr|nr)(?:a|ont)|s[e’']\s?engagent?(?: à)?",
        ),
        (("should", "must"), r"devrai(?:t|ent)|convient de|il y a lieu de"),
        (("may",), r"peu(?:t|vent)|pourr(?:a|ont|ait|aient)|(?:est|sont) autorisée?s? à"),
        (
            ("decides",),
            r"décide(?:nt)?|(?:a|ont) (?:décidé|adopté|approuvé)|adopte(?:nt)?|approuve(?:nt)?|souscri(?:t|vent)",
        ),
        (("urges",), r"demande(?:nt)? instamment|exhorte(?:nt)?|(?:a|ont) (?:demandé instamment|exhorté)"),
        (("requests", "urges"), r"prie(?:nt)?|demande(?:nt)?|(?:a|ont) (?:prié|demandé)"),
        (("urges", "encourages"), r"engage(?:nt)?|(?:a|ont) engagé"),
        (("invites", "urges"), r"invite(?:nt)?|(?:a|ont) invité"),
        (("encourages",), r"encourage(?:nt)?|(?:a|ont) encouragé"),
        (("proposes",), r"propose(?:nt)?|(?:a|ont) proposé"),
        (("recommends",), r"recommande(?:nt)?|(?:a|ont) recommandé"),
        (("notes",), r"pr(?:end|endre|is|ennent|enant)(?: \w+)? note|se félicitent? d"),
        (("plans",), r"prévo(?:it|ient)|prév(?:u|ue|us|ues)|envisage(?:nt)? de|(?:a|ont) l['’]intention"),
    ),
    "es": (
        (("must",), r"no (?:puede[n]?|podrá[n]?)|debe[n]?|ha[n]? de|tiene[n]? que|está[n]? obligad[oa]s? a"),
        (("must", "will"), r"deberán?"),
        (("will", "must"), r"(?!podr)(?-i:[a-zà-ÿ])\w{0,20}rá[n]?|se comprometen? a"),
        (("should", "must"), r"debería[n]?|conviene"),
        (("may",), r"puede[n]?|podrá[n]?|podría[n]?|tal vez desee[n]?|está[n]? autorizad[oa]s? a"),
        (("decides",), r"decide[n]?|decidi(?:ó|eron)|aprob(?:ó|aron)|resuelve[n]?|aprueba[n]?|hace[n]? suy[oa]s?"),
        (("requests",), r"pide[n]?|pidi(?:ó|eron)|solicit(?:a|an|ó|aron)"),
        (("urges",), r"inst(?:a|an|ó|aron)|exhort(?:a|an|ó|aron)"),
        (("invites",), r"invit(?:a|an|ó|aron)"),
        (("encourages",), r"alienta[n]?|alent(?:ó|aron)"),
        (("proposes",), r"propone[n]?|propus(?:o|ieron)"),
        (("recommends",), r"recomienda[n]?|recomend(?:ó|aron)"),
        (("notes",), r"tom(?:a|ó|an|ar|aron|ando|ado)(?: \w+)? nota|acogen? con"),
        (("plans",), r"prevé[n]?|tiene[n]? previsto|previst[oa]s?|tiene[n]? (?:la )?intención|se propone[n]?"),
    ),
    "ru": (
        (("must",), r"обязан[аоы]?|не мо(?:жет|гут)"),
        (("must", "should"), r"долж(?:ен|на|но|ны)|надлежит|необходимо"),
        (("plans", "will"), r"намерен[аоы]?|планиру(?:ет|ют)(?:ся)?|запланирован\w*|ожида(?:ется|ются)"),
        (("will", "must"), r"буд(?:ет|ут)|обязу(?:ется|ются)"),
        (("should", "must", "recommends"), r"следует|рекомендуется|следовало бы"),
        (("may",), r"возможно, пожела(?:ет|ют)|мо(?:жет|гут)|вправе|разрешается"),
        (
            ("decides",),
            r"постановля(?:ет|ют)|реша(?:ет|ют)|решил[аи]?|постановил[аи]?|утвержда(?:ет|ют)|утвердил[аи]?"
            r"|одобря(?:ет|ют)|одобрил[аи]?",
        ),
        (("requests",), r"прос(?:ит|ят)|(?:по)?просил[аи]?|поруча(?:ет|ют)|поручил[аи]?"),
        (("urges",), r"настоятельно призв?(?:ыва(?:ет|ют)|ал[аи]?)"),
        (("urges", "encourages", "invites"), r"приз(?:ыва(?:ет|ют)|вал[аи]?)"),
        (("proposes", "invites", "requests"), r"предлага(?:ет|ют)(?:ся)?|предложил[аи]?|предложено"),
        (("recommends", "encourages"), r"рекоменду(?:ет|ют)|рекомендовал[аи]?"),
        (("encourages",), r"поощря(?:ет|ют)|поощрил[аи]?"),
        (("notes",), r"прин(?:имает|имают|ял|яла|яли|ять|яв)(?: \w+){0,4} к сведению|приветству(?:ет|ют)"),
    ),
    "ar": (
        (("must",), r"[وف]?(?:لا (?:يجوز|يمكن)|يجب|يتعين|يلزم|يتوجب|ألزمت?)"),
        (
            ("will", "must"),
            r"[وف]?(?:سوف|س(?!ي(?:اس|اد|اق|ار|ما|ر(?!س)|ط|نا|ول|د)|ت(?:ة|ين|ون|را)|ن(?:ة|و|د)|تا)[يتن]\w{3,}"
            r"|[يت]تعهد\w{0,2}|[يت]لتزم\w{0,2})",
        ),
        (("should", "must"), r"[وف]?(?:ينبغي|يستحسن|يحسن|يوصى)"),
        (("may",), r"[وف]?(?:يجوز|يمكن|يحق|قد (?:[يت]رغب|[يت]ود))"),
        (("decides",), r"[وف]?(?:[يت]قرر|قررت?|[يت]عتمد|اعتمدت?|[يت]قر|أقرت?)"),
        (("requests",), r"[وف]?(?:[يت]طلب|طلبت?)"),
        (("invites", "urges"), r"[وف]?(?:[يت]دعو|دعت|دعا)"),
        (("urges",), r"[وف]?(?:[يت]حث|حثت?|[يت]هيب)"),
        (("encourages",), r"[وف]?(?:[يت]شجع|شجعت?)"),
        (("proposes",), r"[وف]?(?:[يت]قترح|اقترحت?)"),
        (("recommends",), r"[وف]?(?:[يت]وصي|أوصت?|أوصى)"),
        (("notes",), r"[وف]?(?:[يتأ]حيط علما|أحاطت? علما|[يت]رحب|رحبت?)"),
        (("plans",), r"[وف]?(?:[يت]عتزم|من (?:المقرر|المتوقع|المزمع)|[يت]توقع|[يت]نوي)"),
    ),
    "zh": (
        (("must",), r"不(?:得|可|能)|必须|务必|务须|须(?!知)"),
        (("will", "must"), r"(?<![即])将(?![来军近要领])|承诺|保证"),
        (("should", "must"), r"(?<![响相供适反效回对呼感])应(?![用对急答邀变])(?:当|该)?|宜(?=[由在])"),
        (("may",), r"可以|不妨|谨请|(?<![认许不])可(?=[由在向酌自要请])|得以"),
        (("decides",), r"决定|通过(?=以下|下列|本)|核可|批准|赞同"),
        (("urges",), r"促请|敦促|呼吁"),
        (("invites",), r"邀请"),
        (("encourages",), r"鼓励"),
        (("recommends", "proposes"), r"建议"),
        (("proposes",), r"提议|拟议"),
        (("requests",), r"请求|要求(?!的)"),
        (("requests", "invites"), r"(?<![邀申促聘])请(?!求)"),
        (("notes",), r"注意到|表示注意|欢迎"),
        (("plans",), r"计划(?=[在到将于向为与同对])|打算|预计|预期"),
    ),
}
# What a paragraph may say in place of a verb: "the decision of the Assembly", "another 51 scheduled for 2025".
NOUNS: Mapping[str, Sequence[tuple[Strength, str]]] = {
    "en": (
        ("decides", r"decisions?|adopted|approved|adoption|agreed"),
        ("requests", r"requests?|requesting"),
        ("invites", r"invitations?|inviting"),
        ("recommends", r"recommendations?|recommending"),
        ("proposes", r"propos(?:als?|ing|ed)|suggest(?:ed|ion|ions)"),
        ("plans", r"plan(?:s|ned)?|scheduled|expected|estimated|projected|anticipated|forecast|intention"),
        ("will", r"to"),
    ),
    "fr": (
        ("decides", r"décisions?|décidé|adopté\w*|approuvé\w*"),
        ("requests", r"demandes?|demandé\w*|prié\w*"),
        ("invites", r"invitations?|invité\w*"),
        ("recommends", r"recommandations?|recommandé\w*"),
        ("proposes", r"propositions?|proposé\w*"),
        ("plans", r"plans?|projets?|escompté\w*|attendu\w*|envisagé\w*"),
    ),
    "es": (
        ("decides", r"decisi(?:ón|ones)|aprobad[oa]s?|aprobación|decidido"),
        ("requests", r"solicitud(?:es)?|solicitad[oa]s?|pedido"),
        ("invites", r"invitaci(?:ón|ones)|invitad[oa]s?"),
        ("recommends", r"recomendaci(?:ón|ones)|recomendad[oa]s?"),
        ("proposes", r"propuestas?|propuest[oa]s?"),
        ("plans", r"planes?|esperad[oa]s?|prevista?o?s?|estimad[oa]s?"),
    ),
    "ru": (
        ("decides", r"решени\w{1,3}|принят\w{0,3}|утвержден\w*|постановлени\w{1,3}"),
        ("requests", r"просьб\w{1,3}|запрошен\w*|запрос\w{0,3}"),
        ("invites", r"приглашени\w{1,3}|приглаша\w+"),
        ("recommends", r"рекомендаци\w{1,3}|рекомендован\w*"),
        ("proposes", r"предложени\w{1,3}|предложен\w*"),
        ("plans", r"план\w{0,3}|ожидаем\w{1,3}|планируем\w{1,3}|предполагаем\w{1,3}|намерени\w{1,3}"),
    ),
    "ar": (
        ("decides", r"[وفبل]?(?:ال)?(?:قرار|مقرر|اعتماد|إقرار)\w{0,3}"),
        ("requests", r"[وفبل]?(?:ال)?(?:طلب|طلبات)\w{0,3}"),
        ("invites", r"[وفبل]?(?:ال)?دعوة"),
        ("recommends", r"[وفبل]?(?:ال)?توصي(?:ة|ات)"),
        ("proposes", r"[وفبل]?(?:ال)?(?:اقتراح|مقترح)\w{0,3}"),
        ("plans", r"[وفبل]?(?:ال)?(?:خطط|خطة|متوقع\w?|مقرر\w?|مزمع\w?|اعتزام)"),
    ),
    "zh": (
        ("decides", r"通过|核准|商定"),
        ("requests", r"要求的|请"),
        ("proposes", r"提案|提出"),
        ("plans", r"计划|预期|拟"),
    ),
}
# What says no without a word for it: "3.8 billion people lack any form of it".
LACKS = {
    "en": r"lack\w{0,3}|fail(?:s|ed|ure)?|absen(?:ce|t)|miss(?:ed|ing)|un\w{4,}ed|except\w*|pending|refus\w+"
    r"|rejects?|rejected",
    "fr": r"manque\w*|absence|échou\w+|défaut|exclu\w*|refus\w*|rejet\w+",
    "es": r"care(?:ce|cen|ncia)|falta\w*|ausencia|salvo|excepto|exclu\w+|rechaz\w+",
    "ru": r"отсутств\w+|нехватк\w+|лишен\w*|исключ\w+|кроме|отказ\w*|отклон\w+",
    "ar": r"[يت]?فتقر\w{0,2}|انعدام|غياب|باستثناء|رفض\w*|تعذر",
    "zh": r"缺乏|缺少|拒绝|除外|尚待|有待",
}
NEGATIONS = {
    "en": r"not|never|no|cannot|neither|nor|without|unable|yet to|exempt(?:ed)?",
    "fr": r"ne|n['’]|sans|exempt\w{0,3}|exonér\w{1,3}",
    "es": r"no|(?-i:N)(?:unca|ingun[oa]|ingún)|sin|tampoco|exent[oa]s?",
    "ru": r"не|нет|без|нельзя|освобожд\w+",
    "ar": r"[وف]?(?:لا|لن|لم|ليست?|ليس\w?|عدم|دون|غير|معفاة?|إعفاء|تُ?عفى)",
    "zh": r"不(?!妨|断)|未(?!来)|没有|免(?!疫)|无(?!论|保留|障碍|偿)|非(?!洲|政府|正式|常)|勿|莫",
}
# What was done, or is. None of these words stands in a clause that only plans.
DONE = {
    "en": r"(?:has|have|had) (?:\w+ly |already |since |not |now |also ){0,2}"
    r"(?:been|\w+ed|\w+en|held|made|led|set|become|begun|met|put|found|built|done)"
    r"|was|were|did|completed|held|took|led|made|began|became"
    r"|(?<!are )(?<!is )(?<!be )(?!contained|based|entitled|related)\w{3,}(?<!e)ed",
    "fr": r"(?:a|ont|avait|avaient) (?:\w+ment |déjà |également )?(?:été|\w+é[es]{0,2}|\w+i[est]{0,2}|\w+us?)"
    r"|(?:est|sont|était|étaient) \w+ées?",
    "es": r"(?:ha|han|había|habían) (?:\w+mente |ya )?\w+[dtsc][oh]o?|fue|fueron"
    r"|(?-i:[a-záéíóúñ])\w{2,}(?:ó|aron|ieron)",
    "ru": r"\w{2,}(?:ал|ил|ел|ял|ла|ло|ли|лся|лась|лось|лись|ано|ено|аны|ены)",
    "ar": r"بالفعل|[وف]?(?:قد|تم|تمت|جرى|كان|كانت)|^(?!ال)[وف]?(?![يتن]|س[يتن]|أن|إن|في|من|على|لا|لم|لن|ل)\w{3,}",
    "zh": r"已|了|曾",
}
