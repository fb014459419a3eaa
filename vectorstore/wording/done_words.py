"""Words that say in the six UN languages that something was done, and those that say that it is still to come."""

# What was done, or is. None of these words stands in a clause that only plans.
DONE = {
    "en": r"(?:has|have|had) (?:\w+ly |already |since |not |now |also ){0,2}"
    r"(?:been|\w+ed|\w+en|held|made|led|set|become|begun|met|put|found|built|done)"
    r"|(?:was|were)(?! (?:currently |still |now |also )?\w+ing\b)|did|completed|(?<!be )held|took|led|made|began|became"
    r"|(?<!are )(?<!is )(?<!be )(?<!the )(?<!an )(?<!its )(?<!their )(?!contained|based|entitled|related|hundred"
    r"|indeed|seabed|embed|forced|united|armed|displaced|advanced|detailed|dedicated|earmarked|landlocked|affiliated|associated"
    r"|disaggregated|marginalized|qualified|experienced|combined|mixed|tied|aged|limited)\w{2,}(?<!e)ed",
    "fr": r"(?:ai|avons|a|ont|avait|avaient) (?:\w+ment |déjà |également )?(?:été|\w+é[es]{0,2}|\w+i[est]{0,2}|\w+us?)"
    r"|(?:est|sont|était|étaient) (?!considéré)\w+ées?",
    "es": r"(?:he|hemos|ha|han|había|habían) (?:\w+mente |ya )?\w+[dtsc][oh]o?|fue|fueron"
    r"|(?-i:[a-záéíóúñ])\w{2,}(?:ó|aron|ieron)|(?-i:[a-z])*(?:hizo|puso|tuvo|dujo|vino|trajo|dijo|vieron|dieron)|dio",
    "ru": r"(?!цел[иь]|раздел|отдел|предел|числ[аоуе]|мало|дел[ао]|школ|сил[аыи]|рол[иь]|дол[иь]|земл|модел"
    r"|недел|если|отрасл"
    r"|план|стран|сторон|орган|член|ветеран|экран|океан|мужчин|смен|цен[ыауе]|правил|материал|потенциал|персонал|капитал|канал|филиал|протокол|област|контрол|уровн|столо|тел[ао]|мысл)"
    r"\w{2,}(?:ал|ил|ел|ял|ла|ло|ли|лся|лась|лось|лись|ано|ено|аны|ены)",
    "ar": r"بالفعل|[وف]?(?:قد|تم|تمت|جرى|كان|كانت)|^(?![وف]?(?:ال|لل|[يتن]|س[يتن]|أن|إن|في|من|على|لا|لم|لن|ل"
    r"|لذلك|كذلك|كما|مع|بعد|قبل|خلال|عند|منذ|هذ|ذلك|كل|بين|حيث|إلى|غير"
    r"|وفق|بموجب|بشأن|فيما))(?!\w*(?:ة|ات|ين|ون|ها|هم|اً?)(?!\w))[وف]?\w{3,}",
    "zh": r"已|(?<![为除])了(?!解)|曾",
}
# What is under way, or agreed to: a paragraph that says so does not say that it was done.
UNDER_WAY = {
    "en": r"(?<!as )(?<!from )(?<!well-)(?<!human )being|(?:is|are) (?:(?:currently|still|now|also"
    r"|actively) )?(?:develop|draft|prepar|finaliz|establish"
    r"|draw|negotiat|plann|consider|design|work|set|build|roll|launch|review|explor)ing|work(?:s|ed|ing)? (?:towards?"
    r"|to)|in the process of|aim(?:s|ed|ing)? to|seek(?:s|ing)? to|sought to"
    r"|agree[sd]? to(?! (?:the|an?|some|any|this|these|those|its|their|his|her|several|certain|other|new|further|such"
    r"|all|both|many|it|them)\b)|(?:planned|scheduled|slated|foreseen|expected|projected) (?:for|to|in|by)|about to"
    r"|prepar(?:es|ing) to|remains? to be|ready to|under (?:discussion|consideration|negotiation|preparation)"
    r"|would|could|might|may wish to|(?:is|are) to|wish(?:es|ing) to|commit(?:s|ted|ting)? (?:itself "
    r"|themselves )?to"
    r"|commitments? to (?=\w+ing)|pledg(?:es|ed|ing)? to|undertak(?:es|ing)? to",
    "fr": r"en (?:cours|voie) d\w*|en train de|vise(?:nt)? à|cherche(?:nt)? à|(?:a|ont) (?:accepté|convenu) d\w*"
    r"|prév(?:u|ue|us|ues) (?:pour|en|à)|s['’]apprête(?:nt)? à|reste(?:nt)? à|œuvre(?:nt)? à|s['’]emploie(?:nt)? à"
    r"|à l['’](?:étude|examen)|engagée?s? à|souhaitant|désireu(?:x|se|ses)|engagements? (?:à|de)"
    r"|\w*(?:[^\Wé]e|d|oi|tt|r|ev|[bgmnl]i)rai(?:t|ent)|aurai(?:t|ent)|souhaiter\w+ peut-être",
    "es": r"en (?:proceso|vías|curso)|está[n]? \w+ndo|busca[n]?|acord(?:ó|aron) (?=\w+r\b)|acept(?:ó|aron) (?=\w+r\b)"
    r"|previst[oa]s? (?:para|en (?:20|19|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep|oct|nov|dic))"
    r"|se dispone[n]? a|compromet\w+ a|dese(?:ando|os[oa]s?)|compromisos? de|queda[n]? por|procura[n]?"
    r"|(?!secretar|tesorer|ingenier|miner)\w+(?:[aei]r|[dbr]r)ían?"
    r"|tal vez desee[n]?",
    "ru": r"в процессе|стрем(?:ится|ятся)|соглас(?:ился|илась|ились|илось)|намечен\w*|запланирован\w*|предстоит"
    r"|готов(?:ится|ятся)|ведется работа|работа(?:ет|ют) над|призван\w{0,2}|желая"
    r"|обязательств\w+ (?=\w+ть(?:ся)?(?!\w))"
    r"|находится на рассмотрении|(?:по)?обеща(?:л[аи]?|ет|ют)|(?<!хотел )(?<!хотела )(?<!хотели )бы"
    r"|возможно, пожела\w+",
    "ar": r"[يت]سعى|[يت]عمل على|بصدد|قيد|من شأن\w*|ف?قد [يتن]\w{2,}|وقد ي\w{2,}|وافقت? على أن|[يت]عكف\w*"
    r"|إذ ترغب|رغبة منه\w*|التزم\w* ب|التزام\w* ب|تعهد\w*"
    r"|من المقرر|من المزمع",
    "zh": r"正在|旨在|希望(?!之)|(?<![项的])承诺|力求|争取|同意|拟(?!议|定)|即将|着手|有望|可望|不妨|谨请"
    r"|可能(?!性|的)",
}
# Who agrees to do something has not yet done it, and to what is agreed may be said in either way.
AGREED = {
    "en": r"agrees?|agreeing|agreed(?= (?:to|that|on|upon|in|by|with|as|not)\b)|(?:was|were|is|been|ha[sd]"
    r"|have) agreed",
    "fr": r"(?:a|ont|sont) (?:accepté|convenue?s?|d['’]accord)|convien(?:t|nent) d|accept(?:e|ent)",
    "es": r"conv(?:iene[n]?|ino|inieron|enid[oa]s?)|acord(?:ó|aron|ado)|acuerdan?|acept(?:a|an|ó|aron)",
    "ru": r"соглас(?:ил\w*|ны|ен|на|ован[аоы]?)|договорил\w*|условил\w*",
    "ar": r"[وف]?(?:[يت]?تفق\w{0,2}|اتفق\w{0,2}|وافق\w{0,2}|[يت]وافق\w{0,2})",
    "zh": r"同意|商定|约定|达成",
}
# What a clause within another begins with.
RELATIVE = {
    "en": r"that(?=\s$)|which|what|who|whom|whether|how|where",
    "fr": r"qui|qu['’](?:ils?|elles?)(?=\s$)|dont|où|(?:les?|la) ?quel(?:le)?s?|quel(?:le)?s?"
    r"|lesquel(?:le)?s|ce qu[e'’]",
    "es": r"qué|que(?=\s$)|(?:l[oa]s?|el) que|cuál(?:es)?|(?:l[oa]s?|el) cual(?:es)?|donde|quien(?:es)?",
    "ru": r"котор\w+|как(?:ой|ая|ое|ие|ую|их|ими)|где",
    "ar": r"التي|الذي|الذين|ما",
}
# What only tells of what somebody said: a claim that says so may tell of what is to come.
SAID = {
    "en": r"stress\w*|emphasi\w+|underlin\w+|underscor\w+|declared|announced|noted|recalled|reaffirmed"
    r"|reiterated|stated|said"
    r"|reported|highlighted"
    r"|observed|indicated|explained|cited|referenced|referred|pointed out|mentioned|warned",
    "fr": r"(?:a|ont) (?:de nouveau )?(?:soulign|cit|mentionn|évoqu|not|inform|communiqu|rappel|réaffirm"
    r"|réitér|déclar|signal"
    r"|indiqu|expliqu"
    r"|dit|précis|affirm|estim|constat|annonc|considér)\w*",
    "es": r"(?:subray|recalc|destac|señal|record|reafirm|reiter|declar|indic|explic|afirm|menci|comunic"
    r"|observ|estim|consider|constat|anunci"
    r"|inform)\w*(?:ó|aron)|dij\w+",
    "ru": r"(?:подчерк|отмети|напомни|подтверди|заяви|сообщи|упомян|информирова|указа|поясни|сказа|объяви"
    r"|призва|призыва)\w+",
    "ar": r"[وف]?(?:شدد|أكد|أشار|ذكر|أفاد|لاحظ|صرح|أوضح|أعلن|رأى|اعتبر)\w{0,2}",
    "zh": r"强调|指出|重申|回顾|表示|说明|报告|提到|宣布|认为",
}
