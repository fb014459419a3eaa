"""Words that say in the six UN languages that something was done, and those that say that it is still to come."""

# What was done, or is. None of these words stands in a clause that only plans.
DONE = {
    "en": r"(?:has|have|had) (?:\w+ly |already |since |not |now |also ){0,2}"
    r"(?:been|\w+ed|\w+en|held|made|led|set|become|begun|met|put|found|built|done)"
    r"|was|were|did|completed|held|took|led|made|began|became"
    r"|(?<!are )(?<!is )(?<!be )(?<!the )(?<!an )(?<!its )(?<!their )(?!contained|based|entitled|related|hundred"
    r"|indeed)\w{2,}(?<!e)ed",
    "fr": r"(?:a|ont|avait|avaient) (?:\w+ment |déjà |également )?(?:été|\w+é[es]{0,2}|\w+i[est]{0,2}|\w+us?)"
    r"|(?:est|sont|était|étaient) \w+ées?",
    "es": r"(?:ha|han|había|habían) (?:\w+mente |ya )?\w+[dtsc][oh]o?|fue|fueron"
    r"|(?-i:[a-záéíóúñ])\w{2,}(?:ó|aron|ieron)",
    "ru": r"\w{2,}(?:ал|ил|ел|ял|ла|ло|ли|лся|лась|лось|лись|ано|ено|аны|ены)",
    "ar": r"بالفعل|[وف]?(?:قد|تم|تمت|جرى|كان|كانت)|^(?!ال)[وف]?(?![يتن]|س[يتن]|أن|إن|في|من|على|لا|لم|لن|ل)\w{3,}",
    "zh": r"已|了|曾",
}
# What is under way, or agreed to: a paragraph that says so does not say that it was done.
UNDER_WAY = {
    "en": r"being|(?:is|are) (?:(?:currently|still|now|also|actively) )?(?:develop|draft|prepar|finaliz|establish"
    r"|draw|negotiat|plann|consider|design|work|set|build|roll|launch|review|explor)ing|work(?:s|ed|ing)? (?:towards?"
    r"|to)|in the process of|aim(?:s|ed|ing)? to|seek(?:s|ing)? to|sought to"
    r"|agree[sd]? to(?! the)|(?:planned|scheduled|slated|foreseen|expected|projected) (?:for|to|in|by)|about to"
    r"|prepar(?:es|ing) to|remains? to be|ready to|under (?:discussion|consideration|negotiation|preparation)",
    "fr": r"en (?:cours|voie) d\w*|en train de|vise(?:nt)? à|cherche(?:nt)? à|(?:a|ont) (?:accepté|convenu) d\w*"
    r"|prév(?:u|ue|us|ues) (?:pour|en|à)|s['’]apprête(?:nt)? à|reste(?:nt)? à|œuvre(?:nt)? à|s['’]emploie(?:nt)? à"
    r"|à l['’](?:étude|examen)",
    "es": r"en (?:proceso|vías|curso)|está[n]? \w+ndo|busca[n]?|acord(?:ó|aron) (?=\w+r\b)|acept(?:ó|aron) (?=\w+r\b)"
    r"|previst[oa]s? (?:para|en)|se dispone[n]? a|queda[n]? por|procura[n]?",
    "ru": r"в процессе|стрем(?:ится|ятся)|соглас(?:ился|илась|ились|илось)|намечен\w*|запланирован\w*|предстоит"
    r"|готов(?:ится|ятся)|ведется работа|работа(?:ет|ют) над|находится на рассмотрении",
    "ar": r"[يت]سعى|[يت]عمل على|بصدد|قيد|وافقت? على أن|[يت]عكف\w*|من المقرر|من المزمع",
    "zh": r"正在|旨在|力求|争取|同意|拟于|即将|着手",
}
