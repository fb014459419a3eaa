"""Words that come to the same as a verb of strength, in the six UN languages: "the decision", "calling for"."""

from collections.abc import Mapping, Sequence

from vectorstore.wording.strength_words import Strength

# What is to be done, where a text opens with it: "Revoke the status", "(a) Strengthen".
_TOLD = (
    r"(?-i:(?:^ ?|(?<=[.;:)] ))(?:Accelerate|Adopt|Allocate|Apply|Appoint|Assess|Avoid|Build|Clarify|Complete|Conduct"
    r"|Consider|Continue|Convene|Create|Define|Deploy|Develop|Encourage|Enhance|Ensure|Establish|Expand|Explore|Finalize"
    r"|Fund|Give|Identify|Implement|Impose|Improve|Include|Increase|Integrate|Introduce|Invest|Invite|Launch|Maintain"
    r"|Make|Mobilize|Monitor|Prepare|Prevent|Prioritize|Promote|Protect|Provide|Publish|Reduce|Reform|Reinforce|Remove"
    r"|Replace|Report|Request|Require|Restore|Revoke|Review|Secure|Set|Share|Simplify|Speed|Step|Stop|Strengthen|Submit"
    r"|Support|Suspend|Take|Transfer|Update|Use|Withdraw|Work))"
)
# What a paragraph may say in place of a verb: "the decision of the Assembly", "another 51 scheduled for 2025".
NOUNS: Mapping[str, Sequence[tuple[Strength, str]]] = {
    "en": (
        ("plans", r"provid(?:es|ed|ing) for|provisions?|stipulat\w+|sets? out"),
        ("requests", r"tasked with"),
        ("must", r"urgent\w*"),
        *((strength, _TOLD) for strength in ("should", "must", "requests", "recommends", "proposes", "calls")),
        (
            "must",
            r"(?:not|in)(?: be)? ?(?:eligible|able|permitted|allowed|possible|entitled)|prohibit\w*|forbid\w*|bann?\w*",
        ),
        (
            "decides",
            r"decisions?|authoriz\w+|decid(?:es|ed|ing)|adopt(?:s|ed|ing|ion)|approv(?:es|ed|ing|al)|endors(?:es|ed|ement)"
            r"|agreed(?! conclusions)|agrees|agreement|ratif\w+|determined|resolv(?:es|ed)",
        ),
        (
            "requests",
            r"request\w*|ask(?:s|ed|ing)?|call(?:s|ed|ing)? (?:for|(?:up)?on)|appeal\w*|sought|want(?:s"
            r"|ed)?|need(?:s|ed)? to",
        ),
        ("requests", r"please|grateful if"),
        ("may", r"allows?|allowed|permit(?:s|ted)?"),
        ("decides", r"allow(?:s|ed)|permit(?:s|ted)"),
        ("calls", r"stress\w* the need|underlin\w+ the need|emphasi\w+ the need"),
        ("must", r"incumbent (?:up)?on"),
        ("urges", r"urg(?:e|es|ed|ing)|call(?:s|ed|ing)?(?! (?:up)?on)|appeal\w*|press(?:es|ed)"),
        ("calls", r"call(?:s|ed|ing)?|appeal\w*|requir\w+|need\w*"),
        ("invites", r"invit\w+|call(?:s|ed|ing)?(?! (?:up)?on)"),
        ("encourages", r"encourag\w+|promot(?:es|ed|ing)|call(?:s|ed|ing)? for"),
        ("recommends", r"recommend\w*|should|advocat(?:es|ed|ing)|call(?:s|ed|ing)? for|suggest\w*"),
        ("demands", r"requir(?:es?|ed|ing|ements?)|call(?:s|ed|ing)? (?:for|on)|shall|must"),
        (
            "must",
            r"(?:is|are|was|were) to|need(?:s|ed)?|requir\w+|necessary|necessity|essential|critical|crucial|vital"
            r"|obligat\w+|constrain\w*|forced|compel\w*|bound|mandatory|imperative|important|importance"
            r"|indispensable|key|cannot|could not",
        ),
        ("should", r"(?:is|are) to|need(?:s|ed)?|importan\w+|essential|necessary|critical|crucial|vital|requir\w+|key"),
        (
            "may",
            r"can|could|able|available|possib\w+|opportunit\w+|eligible|potential\w*|entitled|option\w*|might|would"
            r"|risk\w*|likely|probab\w*|perhaps|free to|rights? (?:to|of)",
        ),
        (
            "notes",
            r"recogni[sz]\w+|acknowledg\w+|not(?:es|ed|ing)|observ\w+|aware\w*|consider\w*|recall\w*|stated|states that"
            r"|said|stress\w*|emphasi\w+|underlin\w+|highlight\w*|report\w*|indicat\w+|point\w*",
        ),
        (
            "welcomes",
            r"welcom\w*|commend\w*|appreciat\w+|satisf\w+|prais\w+|grat(?:eful|itude)|pleas\w+|applaud\w*|thank\w*"
            r"|encourag\w+|positive\w*",
        ),
        ("proposes", r"propos\w+|suggest\w*"),
        (
            "plans",
            r"plan(?:s|ned|ning)?|due|scheduled|expected|estimated|projected|anticipated|forecast|intention|intends?",
        ),
        ("will", r"to (?!(?:the|an?|its|their|his|her|our|all|each|any|this|that|these|those)(?!\w)|(?-i:[A-Z]))\w+"),
    ),
    "fr": (
        ("may", r"pouvai(?:t|ent)|p[uû]t?"),
        ("must", r"urgen\w+"),
        ("encourages", r"favoris\w+|promouv\w+|promotion|soutien\w*|soutenir"),
        ("requests", r"sollicit\w+|réclam\w+|appel(?:le|lent|é|s)?|souhait\w+|veu(?:t|lent)|voul\w+"),
        ("requests", r"veuillez|sauriez? gré|saurais gré|reconnaissant"),
        ("urges", r"demander instamment|exhorter|engager"),
        ("calls", r"souligné (?:la nécessité|qu['’]il f)|nécessité"),
        ("decides", r"autoris\w+|permet(?:tent|tre)?"),
        ("calls", r"préconis\w+"),
        ("recommends", r"préconis\w+|prôn\w+|suggér\w+|conseill\w+"),
        (
            "must",
            r"nécess\w+|exig\w+|obligat\w+|faut|besoins?|essentiel\w*|indispensable\w*|impér\w+|important\w*|tenus?|contrain\w+|forcé\w*|oblig\w+",
        ),
        ("should", r"nécess\w+|faut|faudrait|besoins?|essentiel\w*|important\w*|importance"),
        (
            "may",
            r"possib\w+|capables?|permet\w*|en mesure|possibilités?|susceptibles?|risqu\w+|probabl\w+"
            r"|éventuel\w*|habilit\w+|droits? (?:de|à)",
        ),
        (
            "notes",
            r"constat\w+|reconnaî\w+|reconnaiss\w+|not(?:e|ent|é|ant)|considér\w+|consci\w+|rappel\w+|soulign\w+"
            r"|indiqu\w+|déclar\w+|signal\w+|dit",
        ),
        ("urges", r"appels?|appel(?:le|lent|é|ant)|exhort\w*"),
        ("calls", r"appels?|appel(?:le|lent|é|er|ant)"),
        (
            "decides",
            r"décisions?|autoris\w+|décid(?:e|é|ant)\w*|adopt(?:e|é|ion|ant)\w*(?<!er)|approuv\w+(?<!er)|approbation|ratifi\w+|conven[ut]\w*"
            r"|accepté\w*",
        ),
        ("requests", r"demand\w+|prié\w*"),
        ("invites", r"invit\w+"),
        ("recommends", r"recommand\w+"),
        (
            "welcomes",
            r"félicit\w+|salu\w+|accueil\w+|satisf\w+|appréci\w+|remerci\w+|reconnaissan\w+|gré"
            r"|loue\w*|hommage",
        ),
        ("proposes", r"propos\w+|sugg[éè]\w+"),
        ("plans", r"plans?|projets?|intentions?|escompté\w*|attendu\w*|envisagé\w*"),
    ),
    "es": (
        ("plans", r"dispon\w+|dispuso|estipul\w+|establec\w+"),
        ("may", r"pod[ií]an?|pud\w+"),
        ("must", r"urg(?:e|en|encia|ente)\w*"),
        ("encourages", r"foment\w+|promov\w+|promuev\w+|impuls\w+|apoy\w+"),
        ("requests", r"reclam\w+|llam(?:a|an|ó|aron|amientos?)|dese\w+|quier\w+|abog\w+"),
        ("requests", r"s[ií]rvan?se|tengan? a bien|ruego|rogamos|agradecer\w+"),
        ("urges", r"instar|exhortar"),
        ("calls", r"necesidad"),
        ("demands", r"requier\w+|requer\w+"),
        ("decides", r"permit\w+"),
        ("recommends", r"abog\w+|sugi?e?r\w+|aconsej\w+"),
        (
            "must",
            r"neces\w+|exig\w+|oblig\w+|forzad\w+|preciso|esencial\w*|indispensable\w*|imper\w+|importan\w+|fundamental\w*",
        ),
        ("should", r"neces\w+|preciso|esencial\w*|importan\w+|fundamental\w*"),
        (
            "may",
            r"posib\w+|capa(?:z|ces)|permit\w+|oportunidad\w*|riesgos?|probabl\w+|eventual\w*|quizás?"
            r"|derechos? (?:a|de)",
        ),
        (
            "notes",
            r"reconoc\w+|observ\w+|consider\w+|consciente\w*|record\w+|señal\w+|subray\w+|indic\w+|declar\w+|dijo"
            r"|destac\w+",
        ),
        ("urges", r"llamamientos?|llam(?:a|an|ó|ando)|exhort\w+"),
        ("calls", r"llamamientos?|llam(?:a|an|ó|ando)|pid\w+"),
        (
            "decides",
            r"decisi\w+|autoriz\w+|decid\w+(?<!ir)|aprob\w+(?<!ar)|aprueb\w+|adopt\w+(?<!ar)|acord\w+(?<!ar)|ratific\w+|convin\w+",
        ),
        ("requests", r"solicit\w+|ped(?:id|ir)\w*|pidi\w+"),
        ("invites", r"invit\w+"),
        ("encourages", r"alent\w+|alient\w+"),
        ("recommends", r"recom[ie]\w+"),
        (
            "welcomes",
            r"acog\w+|celebr\w+|encomi\w+|agradec\w+|aprec\w+|satisf\w+|elogi\w+|felicit\w+"
            r"|reconoc\w+|beneplácito",
        ),
        ("proposes", r"propon\w+|propuest\w+|propus\w+|sug[ie]\w+"),
        ("plans", r"planes?|intenci(?:ón|ones)|esperad[oa]s?|prevista?o?s?|estimad[oa]s?"),
    ),
    "ru": (
        ("plans", r"предусм\w+"),
        ("may", r"с?мог(?:ла|ло|ли)?"),
        ("must", r"срочн\w+|неотложн\w+|крайне важно"),
        ("encourages", r"содейств\w+|способств\w+|стимулир\w+|поддерж\w+"),
        ("requests", r"обрати\w+|призыв\w*|призва\w+|хот\w+|ходатайств\w+"),
        ("requests", r"просьба|просим|прошу|признател\w+ (?:Вам )?за"),
        ("urges", r"призва\w+|настоятельно"),
        ("calls", r"необходимост\w+"),
        ("decides", r"позволя\w+|разреш\w+"),
        ("recommends", r"совет(?:ует|уют|овал\w*)|выска\w+|выступ\w+ за"),
        (
            "must",
            r"необходим\w+|нужн\w+|нужда\w+|требу\w+|обязательн\w+|важн\w+|крайне|нельзя|вынужд\w+|прид[её]тся|приход\w+",
        ),
        ("should", r"необходим\w+|нужн\w+|нужда\w+|важн\w+"),
        ("may", r"возможн\w+|способн\w+|позволя\w+|право|вероятн\w+|риск\w*"),
        (
            "notes",
            r"призна\w+|отмеча\w+|отметил\w*|учитыва\w+|сознава\w+|напомина\w+|указ\w+|подчерк\w+|заяви\w+|сообщи\w+"
            r"|сказа\w+",
        ),
        ("urges", r"призыв\w*"),
        ("calls", r"призыв\w*|призва\w+"),
        (
            "decides",
            r"разреш\w+|уполномоч\w+|реш(?:ени|ил|ае)\w*|приня\w+|утвержд\w+|утвердил\w*|постанов\w+|одобр\w+|согласова\w+|договор\w+|ратифи\w+",
        ),
        ("requests", r"про[сш](?:ьб|ит|ил)\w*|запрошен\w*|запрос\w{0,3}|поруч\w+"),
        ("invites", r"приглаш\w+"),
        ("encourages", r"поощр\w+|призва\w+|призыв\w*"),
        ("recommends", r"рекоменд\w+"),
        ("welcomes", r"приветств\w+|удовлетвор\w+|признательн\w+|благодар\w+|одобр\w+|высоко\w*|воздал\w* должное"),
        ("proposes", r"предл[ао][гж]\w+"),
        ("plans", r"план\w{0,3}|ожидаем\w{1,3}|планируем\w{1,3}|предполагаем\w{1,3}|намерени\w{1,3}"),
    ),
    "ar": (
        ("plans", r"[وف]?(?:[يت]نص|نصت?)"),
        ("must", r"[وفبل]?(?:ال)?(?:ملح|عاجل|إلحاح|حاسم)\w*"),
        ("encourages", r"[يتوفبل]?(?:عزز|شجع)\w*|[وفبل]?(?:ال)?(?:تعزيز|تشجيع|دعم)"),
        ("requests", r"[وف]?(?:التمس\w*|[يت]لتمس|رغب\w*|[يت]رغب|دعا|دعت|[يت]دعو)"),
        (
            "must",
            r"[وفبل]?(?:ال)?ضرور\w+|[وفبل]?وجوب\w*|واجب\w*|لا بد|[وفبل]?(?:ال)?حاجة|مطلوب\w*|إلزامي\w*"
            r"|أساسي\w*|[وفبل]?(?:ال)?أهمية|مهم\w*"
            r"|حاسم\w*|[يت]حتاج|[يا]?ضطر\w*|ملزم\w*",
        ),
        ("should", r"ضرور\w+|[وفبل]?(?:ال)?حاجة|[وفبل]?(?:ال)?أهمية|مهم\w*|[يت]حتاج"),
        (
            "may",
            r"إمكان\w*|قادر\w*|[وفبل]?(?:ال)?قدرة|ممكن\w*|فرص\w*|خطر|أخطار|مخاطر|محتمل\w*|احتمال\w*|ربما|[يت]ستطيع\w*|[يت]تيح",
        ),
        ("notes", r"[وف]?(?:إذ )?[يت](?:سلم|درك|ستذكر|شير|ضع)|أشار\w*|ذكر\w*|قال\w*|أكد\w*|أوضح\w*|[يت]عترف"),
        ("requests", r"[يو]?ي?رجى|[وف]?أرجو|[وف]?نرجو"),
        ("demands", r"[وف]?[يت]تطلب"),
        ("may", r"[وف]?[يت]سمح|سمحت?|[يت]جيز"),
        ("decides", r"[وف]?[يت]سمح|سمحت?|[يت]جيز|[وفبل]?(?:ال)?تأييد\w{0,2}|موافقت?\w{0,3}"),
        ("urges", r"[وفبل]?(?:ال)?(?:دعوة|دعوات|نداء\w*|مناشدة)|[يت]ناشد"),
        (
            "calls",
            r"[وفبل]?(?:ال)?(?:دعوة|دعوات|نداء\w*|مناشدة)|[يت]ناشد|دعا|دعت|شدد\w{0,2} على|(?:ال)?حاجة إلى|ضرورة",
        ),
        (
            "decides",
            r"[وفبل]?(?:ال)?(?:قرار|مقرر|اعتماد|معتمد|إقرار|موافق|اتفاق)\w{0,3}|[وف]?(?:اعتمد|وافق|اتفق|صادق|صدق)\w{0,2}|[وفبل]?(?:ال)?(?:تصديق|مصادقة)",
        ),
        ("requests", r"[وفبل]?(?:ال)?(?:طلب|طلبات)\w{0,3}"),
        ("demands", r"[وفبل]?(?:ال)?مطالب\w{0,3}"),
        ("invites", r"[وفبل]?(?:ال)?دعوة"),
        ("recommends", r"[وفبل]?(?:ال)?توصي(?:ة|ات)\w{0,3}"),
        ("welcomes", r"\w{0,3}(?:ترحيب|ترحب|رحب|ارتياح|تقدير|امتنان|إشادة|أشاد|يشيد|تشيد|شكر|ثناء|أثنى)\w{0,3}"),
        ("proposes", r"[وفبل]?(?:ال)?(?:اقتراح|مقترح)\w{0,3}"),
        ("plans", r"[وفبل]?(?:ال)?(?:خطط|خطة|متوقع\w?|مقرر\w?|مزمع\w?|اعتزام)"),
    ),
    "zh": (
        ("plans", r"规定|设想"),
        ("must", r"迫切|紧迫|亟需|亟待|紧急"),
        ("encourages", r"促进|推动|提倡|支持"),
        ("requests", r"呼吁|希望|寻求"),
        ("must", r"必要|需要|必需|不可或缺|至关重要|重要|关键|义务|不得不|被迫"),
        ("should", r"必要|需要|重要|关键|有待"),
        ("may", r"能够|能|可能|可|机会|允许|风险|也许|或许|潜在|有权"),
        ("notes", r"认识到|确认|承认|考虑到|回顾|意识到|强调|指出|表示|说"),
        ("urges", r"呼吁|号召"),
        ("calls", r"呼吁|号召|要求|强调.{0,6}(?:必须|需要|有必要)"),
        ("decides", r"允许|准许"),
        ("will", r"将"),
        ("decides", r"通过|核准|商定|决定|批准|同意|作出"),
        ("requests", r"要求的|请"),
        ("welcomes", r"欢迎|赞赏|赞扬|满意|感谢|表扬|高兴|称赞"),
        ("proposes", r"提案|提出"),
        ("plans", r"计划|预期|拟|打算|意向"),
    ),
}
