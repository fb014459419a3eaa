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
    "demands",
    "urges",
    "calls",
    "invites",
    "encourages",
    "proposes",
    "recommends",
    "notes",
    "welcomes",
    "plans",
]

# In Chinese "将" is will, or what is moved or made something stands after it: "将区域中心由四个减至三个".
MOVED = (
    r"[^，。；：、]{2,30}(?:纳入|列入|列为|扩大为|提供给|提交给|分发给|发给|转给|送交|作为|视为|转化为|转变为|变为|改为|定为|分为|减至|减少到|降至|增至|提高到|增加到|延长|移交|转交|分开|分离"
    r"|并入|用于|用作|置于|结合起来|联系起来|联合起来|整合到|融入)"
)
# Arabic "قد" is may before the present, and has before the past, of which these begin as the present does.
PAST = r"(?:نال|نجح|نشر|نظم|نفذ|نشأ|نص|نما|نزح|تم|تلقى|تلق|تولى|تول|توفي)(?:ت|وا)?(?!\w)|ت\w{2,}(?:ت|وا)(?!\w)"
# What each word may mean, the usual first: what one language has a word for, another has not ("应": shall and should).
# French and Spanish have endings for the future, Arabic a letter before the verb. Some words are told from names ("May
# 2021") by their small letters. Of two that begin alike the longer comes first.
WORDS: Mapping[str, Sequence[tuple[tuple[Strength, ...], str]]] = {
    "en": (
        (
            ("must",),
            r"(?-i:may) not|shall|must(?! be (?:noted|recalled|stressed|emphasized|underlined|pointed))"
            r"|ha(?:s|ve) to|(?:is|are) (?:required|obliged) to",
        ),
        (
            ("will",),
            r"will|would(?! (?:like|have)\b)|undertakes? to|(?:is|are) committed to|commits? (?:itself"
            r"|themselves) to|pledges? to",
        ),
        (("should",), r"should(?! be (?:noted|recalled|stressed|emphasized|underlined|pointed))|ought to"),
        (("may", "invites"), r"(?-i:may) wish to"),
        (("may",), r"(?-i:may)|could(?! not)|might|perhaps|maybe|(?:is|are) (?:allowed|permitted|authorized) to"),
        (
            ("decides",),
            r"(?<!are )(?<!is )authoriz(?:es|ed(?! by)|ing)|decid(?:es?|ed|ing)|resolves|adopts"
            r"|endors(?:es?|ed(?! by)|ing)"
            r"|approves|(?<!consider )approving",
        ),
        (
            ("requests",),
            r"(?<!the )(?<!to )(?<!for )(?<!of )(?<!a )requests?(?! (?:for|from)\b)|requested|requesting|asks?|asked"
            r"|asking",
        ),
        (
            ("demands",),
            r"(?<!on )(?<!in )(?<!and )demands?(?! for| on)|demanded|demanding|instruct(?:s|ed|ing)?|directs|insist(?:s"
            r"|ed)? (?:up)?on|orders|ordered"
            r"|requir(?:es|ing)(?= (?:\w+ ){1,6}to\b| that)|oblig(?:es|ed|ing)|compel(?:s|led)?",
        ),
        (("urges",), r"urg(?:es?|ed|ing)"),
        (("calls",), r"call(?:s|ed|ing)? (?:up)?on|appeal(?:s|ed|ing)? to"),
        (("calls", "requests", "urges", "encourages", "recommends", "invites", "demands"), r"call(?:s|ed|ing) for"),
        (("invites",), r"invit(?:es?|ed|ing)"),
        (("encourages",), r"encourag(?:es?|ed|ing)"),
        (("recommends",), r"recommend(?:s|ed|ing)?"),
        (("proposes",), r"propos(?:es?|ing)|suggest(?:s|ing)?|(?:was|were|has|have|had|been) (?:proposed|suggested)"),
        (
            ("notes",),
            r"t(?:akes?|ook|aking)(?: \w+){0,2} note of|not(?:es|ed|ing)(?= (?:with|that))",
        ),
        (("welcomes",), r"welcom(?:es?|ed|ing)"),
        (
            ("plans",),
            r"plan(?:s|ned|ning)? to"
            r"|(?:is|are|was|were) (?:planned|foreseen|envisaged|anticipated|expected|scheduled"
            r"|due(?! to (?!be\b))|projected|set(?= to\b"
            r"| for\b)|slated)"
            r"(?: to)?"
            r"|intend(?:s|ed)? to",
        ),
    ),
    "fr": (
        (("may", "invites"), r"(?:souhaiter|voudr)(?:a|ont) peut-?être"),
        (("must",), r"ne peu(?:t|vent) (?:pas|être|en aucun)|ne pourr(?:a|ont)"),
        (("must", "will"), r"devr(?:a|ont)"),
        (("must", "plans"), r"doi(?:t|vent)|(?:est|sont) tenue?s? de"),
        (
            ("will", "must"),
            r"(?!pourr|extra)(?-i:[a-zà-ÿ])\w{0,20}(?:er|ir|dr|vr|tr|ur|rr|nr)(?:a|ont)|s[e’']\s?(?:est "
            r"|sont )?engag(?:e|ent|é|ée|és|ées) à|s[e’']\s?engagent?",
        ),
        (("should", "must", "plans"), r"dev(?:r)?ai(?:t|ent)|convient de|il y a lieu de|fa(?:ll|udr)ait"),
        (
            ("may",),
            r"peut-être|peu(?:t|vent)(?! (?:également |aussi )?(?:citer|noter|mentionner))|pourr(?:a|ont|ait|aient)"
            r"|(?:est|sont) autorisée?s? à",
        ),
        (
            ("decides",),
            r"autoris(?:e|ent|ant|ons)|(?:a|ont) autorisé|décid(?:e|ent|ant|ons)|(?:a|ont|et) (?:décidé|adopté"
            r"|approuvé)|adopt(?:e|ent|ant|ons)|approuv(?:e|ent|ant|ons)"
            r"|souscri(?:t|vent|vant)",
        ),
        (
            ("demands",),
            r"charge(?:nt)?(?= (?:l[ea]s? |l['’])\w+ d)|exig(?:e|ent|eant|eons)|(?:a|ont) (?:exigé|ordonné"
            r"|enjoint)|enjoi(?:nt|gnent)|ordonne(?:nt)?"
            r"|oblig(?:e|ent|eant)",
        ),
        (("urges",), r"demand(?:e|ent|ant|ons) instamment|(?:a|ont) demandé instamment|(?<!de )(?<!la )presse(?:nt)?"),
        (
            ("urges", "calls"),
            r"exhort(?:e|ent|ant|ons|é|ée|és|ées)|(?:appell?e(?:nt)?|(?:a|ont) appelé)(?= (?:\w+ ){1,8}à)",
        ),
        (
            ("requests", "calls"),
            r"pri(?:e|ent|ant|ons)|(?<!la )(?<!une )(?<!cette )(?<!leur )(?<!toute )demand(?:e|ent|ant"
            r"|ons)|(?:a|ont|et) (?:prié|demandé)|(?:est|sont) priée?s?",
        ),
        (
            ("calls", "urges", "encourages", "requests"),
            r"engag(?:e|ent|eant|eons)|(?:a|ont) engagé|(?:est"
            r"|sont) engagée?s? à",
        ),
        (("invites", "calls"), r"invit(?:e|ent|ant|ons)|(?:a|ont|et) invité|(?:est|sont) invitée?s?"),
        (("encourages",), r"encourag(?:e|ent|eant|eons)|(?:a|ont|et) encouragé|(?:est|sont) encouragée?s?"),
        (("proposes",), r"propos(?:e|ent|ant|ons)|(?:a|ont|été|et) (?:proposé|suggéré)|suggèr(?:e|ent)|suggérant"),
        (("recommends",), r"recommand(?:e|ent|ant|ons)|(?:a|ont|et) recommandé"),
        (
            ("notes",),
            r"pr(?:end|endre|is|ennent|enant|enons)(?: \w+)? note|constat(?:e|ent|ant|ons)"
            r"|(?-i:Note|Notant|note|notent|notant|notons) (?:que|qu['’]|avec|également|en outre|aussi)",
        ),
        (("welcomes",), r"s[e’'] ?(?:est |sont )?félicit(?:e|ent|ant|ée?s?)|salu(?:e|ent|ant|ons)|(?:a|ont) salué"),
        (
            ("plans",),
            r"prévo(?:it|ient|yait|yaient)|(?<!délais )(?<!délai )(?<!calendrier )prév(?:u|ue|us|ues)"
            r"|envisage(?:nt)? de|(?:a|ont) l['’]intention",
        ),
    ),
    "es": (
        (
            ("must",),
            r"no (?:puede[n]?|podrá[n]?)|debe[n]?(?! (?:observar|señalar|recordar|destacar|notar|subrayar"
            r"|mencionar)se)|tiene[n]? que|está[n]? obligad[oa]s? a",
        ),
        (("must", "will"), r"deberán?"),
        (("must", "should"), r"ha[n]? de"),
        (("will", "must"), r"(?!podr)(?-i:[a-zà-ÿ])\w{0,20}rá[n]?|se (?:han? )?compromet(?:en?|ido|ió|ieron) a"),
        (("should", "must"), r"debería[n]?|conviene"),
        (("should", "must", "plans"), r"debía[n]?"),
        (("may", "invites"), r"tal vez desee[n]?"),
        (("may",), r"puede[n]?|podrá[n]?|podría[n]?|tal vez|quizás?|está[n]? autorizad[oa]s? a"),
        (
            ("decides",),
            r"autoriz(?:a|an|ó|aron|ando)|decid(?:e|en|ió|ieron|iendo|imos)|aprob(?:ó|aron|ando)|resuelve[n]?|aprueba[n]?|(?:hac(?:e|en"
            r"|iendo)|hizo|hicieron) suy[oa]s?",
        ),
        (
            ("demands",),
            r"exig(?:e|en|ió|ieron|iendo|imos)|orden(?:a|an|ó|aron)|encomiend?(?:a|an|ó|aron)|oblig(?:a|an|ó|aron)",
        ),
        (
            ("requests", "calls"),
            r"p(?:id(?:e|o|en|ió|ieron|iendo)|edimos)|solicit(?:a|o|an|ó|aron|ando|amos)|se ha pedido",
        ),
        (("urges", "calls"), r"inst(?:a|o|an|ó|aron|ando|amos)|exhort(?:ar|a|o|an|ó|aron|ando|amos)"),
        (("calls", "requests"), r"hac(?:e|en) un llamamiento|hizo un llamamiento|apel(?:a|an|ó|aron) a"),
        (("invites",), r"invit(?:a|o|an|ó|aron|ando|amos)"),
        (("encourages",), r"alienta[n]?|aliento|alent(?:ó|aron|ando|amos)"),
        (
            ("proposes",),
            r"propone[n]?|propongo|propus(?:o|ieron)|proponiendo|se ha propuesto|sugier(?:e|en)|sugir(?:ió|ieron)",
        ),
        (("recommends",), r"recomienda[n]?|recomiendo|recomend(?:ó|aron|ando|amos)"),
        (
            ("notes",),
            r"tom(?:a|ó|an|ar|aron|ando|ado)(?: \w+)? nota|observ(?:a|an|ó|ando) (?:que|con)",
        ),
        (("welcomes",), r"acog(?:e|en|ió|ieron|iendo|emos) con|celebr(?:a|an|ó|aron|ando|amos) (?:que|el|la|los|las)"),
        (
            ("plans",),
            r"prevé[n]?|preveían?|planea(?:ba)?n?|tiene[n]? previsto"
            r"|(?<!plazo )(?<!plazos )(?<!calendario )(?<!cronograma )previst[oa]s?(?! en (?:el|l[oa]s?|su|est\w+)\b)"
            r"|tiene[n]? (?:la )?intención|se propone[n]?(?! que\b)",
        ),
    ),
    "ru": (
        (("must",), r"обязан[аоы]?|не мо(?:жет|гут)"),
        (("must", "should", "plans"), r"долж(?:ен|на|но|ны)|надлежит|необходимо"),
        (
            ("plans", "will"),
            r"намерен[аоы]?|намеревал(?:ся|ась|ось|ись)|планиру(?:ет|ют)(?:ся)?|планировал(?:[аио]|ось|ся|ась|ись)?|запланирован\w*|ожида(?:ется|ются)",
        ),
        (
            ("will", "must"),
            r"буд(?:ет|ут|ем)|обязу(?:ется|ются|емся)|состо(?:ится|ятся)|при(?:мет|мут) участие"
            r"|провед(?:ет|ут)|предстоит"
            r"|представ(?:ит|ят)(?! соб)|рассмотр(?:ит|ят)|начн(?:ет|ут)ся|заверш(?:ит|ат)ся",
        ),
        (("should", "must", "recommends"), r"следует(?! (?:отметить|подчеркнуть|напомнить|указать))|следовало бы"),
        (("recommends", "should"), r"рекомендуется"),
        (("may", "invites"), r"возможно, пожела(?:ет|ют)"),
        (("may",), r"мо(?:жет|гут)|с?мог(?:ла|ло|ли)? бы|можно (?:было )?бы|вправе|разрешается"),
        (
            ("decides",),
            r"разреш(?:ает|ают|ил[аи]?)|уполномоч(?:ивает|ивают|ил[аи]?)|санкционир(?:ует|уют|овал[аи]?)|постановля(?:ет|ют|ем)|реша(?:ет|ют|ем)|решил[аи]?|постановил[аи]?|утвержда(?:ет|ют|ем)(?:ся)?|утвердил[аи]?"
            r"|одобря(?:ет|ют|ем)(?:ся)?|одобрил[аи]?",
        ),
        (("demands",), r"требу(?:ет|ют|ем|я)|потребовал[аи]?|предписыва(?:ет|ют)|обязыва(?:ет|ют)|обязал[аи]?"),
        (("requests",), r"прос(?:ит|ят|им|я)|(?:по)?просил[аи]?|поруча(?:ет|ют|ем)|поручил[аи]?"),
        (("urges",), r"настоятельно приз(?:ыва(?:ет|ют|ем|я|ю)|вал[аи]?)"),
        (("calls", "urges", "encourages"), r"приз(?:ыва(?:ет|ют|ем|я|ю)|вал[аи]?)"),
        (("invites",), r"пригла(?:шает|шают|шаем|сил|сила|сили)"),
        (("proposes", "invites", "requests"), r"предлага(?:ет|ют|ем|я)(?:ся)?|предложил[аи]?|предложено"),
        (("recommends", "encourages"), r"рекоменду(?:ет|ют|ем|я)|рекомендовал[аи]?"),
        (("encourages",), r"поощря(?:ет|ют|ем|я)|поощрил[аи]?"),
        (
            ("notes",),
            r"прин(?:имает|имают|ял|яла|яли|ять|яв)(?: \w+){0,4} к сведению"
            r"|отмеча(?:ет|ют|ем|я)|отметил[аи]?(?!, что)",
        ),
        (
            ("welcomes", "notes"),
            r"приветству(?:ет|ют|ем|я|ю)|приветствовал[аи]?|с (?:удовлетворением|признательностью) отме\w+",
        ),
    ),
    "ar": (
        (("must",), r"[وف]?(?:لا (?:يجوز|يمكن)|يجب|يتعين|يلزم|يتوجب|ألزمت?)"),
        (
            ("will", "must"),
            r"[وف]?(?:سوف|س(?!ي(?:ليك|اس|اد|اق|ار|ما|ر(?!س)|ط|نا|ول|د)|ت(?:ة|ين|ون|را)|ن(?:ة|و|د|غاف)|تا)[يتن]\w{3,}"
            r"|[يتن]تعهد\w{0,2}|[يتن]لتزم\w{0,2})",
        ),
        (("should", "must"), r"[وف]?(?:ينبغي|يستحسن|يحسن|يوصى|من المستحسن|من المستصوب)"),
        (("must", "should"), r"[وف]?علي(?:نا|هم|ها|ه) أن"),
        (
            ("may",),
            rf"[وف]?(?:(?<!ينبغي )(?<!يمكن )(?<!يجوز )لل\w{{3,}} أن|يجوز|يمكن|يحق)"
            rf"|ف?قد (?!{PAST})[يتن]\w{{2,}}|وقد ي\w{{2,}}",
        ),
        (
            ("decides",),
            r"[وف]?(?:[يتن]أذن|أذنت?|[يتنأ]قرر|قرر(?:ت|نا)?|[يتنأ]عتمد(?! (?:\w+ ){0,4}عل)|اعتمدت?|(?:[يتنأ]قر"
            r"|أقرت?)(?! (?:\S+ ){0,3}ب)|[يتنأ]وافق على|وافقت? على)",
        ),
        (("demands",), r"[وف]?(?:[يتنأ]طالب|طالبت?)"),
        (("requests",), r"[وف]?(?:[يتنأ]طلب|طلب(?:ت|نا)?|[يتنأ]رجو|رجا|رجت)"),
        (
            ("calls", "requests", "urges", "encourages", "recommends", "invites", "demands"),
            r"[وف]?(?:[يتنأ]دعو|دعت|دعا) إلى",
        ),
        (("invites", "calls", "urges"), r"[وف]?(?:[يتنأ]دعو|دعت|دعا|دعيت?(?! ة))"),
        (("urges",), r"[وف]?(?:[يتنأ]حث|حث(?:ت|ثنا)?)"),
        (("calls", "urges"), r"[وف]?(?:[يتنأ]هيب|أهابت?|[يتنأ]ناشد|ناشدت?)"),
        (("encourages",), r"[وف]?(?:[يتنأ]شجع|شجع(?:ت|نا)?)"),
        (("proposes",), r"[وف]?(?:[يتنأ]قترح|اقترحت?)"),
        (("recommends",), r"[وف]?(?:[يتنأ]وصي|أوصت?|أوصى)"),
        (("notes",), r"[وف]?(?:[يتنأ]حيط (?:\w+ ){0,3}علما|أحاطت? (?:\w+ ){0,3}علما|[يتنأ]لاحظ|لاحظت?)"),
        (("welcomes",), r"[وف]?(?:[يتنأ]رحب|رحب(?:ت|نا)?)"),
        (("plans",), r"[وف]?(?:[يتنأ]عتزم|من (?:المقرر|المتوقع|المزمع)|[يتنأ]توقع|[يتنأ]نوي)"),
    ),
    "zh": (
        (("must",), r"不(?:得(?!不)|可(?![或分逆剥避抗估思]))|必须(?!指出|强调|注意|承认)|务必|务须|须(?!知)"),
        (("will", "must"), rf"(?<![即少中上大准名已])将(?![来军近要领其之]|{MOVED})|(?<![的套项出])承诺|保证"),
        (
            ("should", "must"),
            r"(?<![响相供适反效回对呼感])应(?![用对急答邀变]|.{1,12}(?:请求|要求|邀请))(?:当|该)?|宜(?=[由在])",
        ),
        (("may", "must"), r"不能"),
        (("may", "invites"), r"不妨|谨请"),
        (("may",), r"可以|(?<![认许不])可(?=[由在向酌自要请])|得以|(?<!尽)可能(?!性|的情况|的话)|或许|也许"),
        (
            ("decides",),
            r"(?<!未)(?<!未[经获])(?<![该其本项新的一务])授权(?![的期])|(?<!斟酌)(?<!酌情)决定"
            r"|通过(?=以下|下列|本)|核可|批准|赞同",
        ),
        (("urges", "calls"), r"促请|敦促"),
        (("calls", "urges"), r"呼吁|吁请"),
        (("invites",), r"邀请"),
        (("encourages",), r"鼓励"),
        (("recommends", "proposes"), r"(?<![个项条些])建议(?!书)"),
        (("proposes",), r"(?<!具体)(?<!的)提议"),
        (("requests", "demands"), r"请求|要求(?!的)"),
        (("demands",), r"责成|勒令|强制"),
        (("requests", "invites"), r"(?<![邀申促聘提敬])请(?!求)"),
        (("notes",), r"注意到|表示注意"),
        (("welcomes",), r"欢迎"),
        (("plans",), r"计划(?=[在到将于向为与同对今未明采实开举建完])|打算|预计|预期"),
    ),
}
