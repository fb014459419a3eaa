"""Words that say no in the six UN languages, and those that come to the same: "lack", "refuse", "rather than"."""

# Not those that deny nothing: "not only", "no doubt", "whether or not", "and not the reverse", "leave no one behind",
# and what is a term elsewhere: "landlocked" ("sans littoral"), "non-profit", in Chinese "least developed".
NEGATIONS = {
    "en": r"(?<!\bor )not(?!-| (?:only|just|least|limited|merely|withstanding|solely|simply|to mention|for[ -]profit"
    r"|the (?:other way|reverse|opposite)|vice versa|applicable))|never"
    r"|no(?!-|\.\s?\d| (?:doubt|matter|one (?:is |was |are |being )*(?:left|behind))\b)|cannot(?! be over)|neither|nor"
    r"|none|nobody|nothing|nowhere|\w+n['’]t"
    r"|without(?! (?:delay|prejudice|exception|doubt|interruption|precedent|fail\b|hesitation|reservation))"
    r"|unable|yet to|no longer|hardly|exempt(?:ed)?",
    "fr": r"(?<!, )ni|ne(?! (?:pas perdre de vue|perd\w+ pas de vue|ménag\w+|manqu\w+ pas|cess\w+"
    r"|laiss\w+ (?:personne|quiconque|aucun)|soi(?:t|ent) laissé))"
    r"|(?-i:n)['’](?!importe|(?:y )?(?:a|ait|avait|fait) (?:\w+ )?aucun doute|(?:a|ont"
    r"|avai\w+) (?:pas )?cessé)"
    r"|sans(?!-| (?:heurts?|délai|(?:plus )?tarder|préjudice|(?:nul |aucun )?doute|exception|cesse"
    r"|précédent|relâche|réserve"
    r"|équivoque|conteste|exclusi\w+|perdre de vue|faille|vergogne|discrimination|danger|littoral|abri"
    r"|but lucratif|interruption|hésit|restriction|entrave))|exempt(?:e|é|ée|és|ées|s|es)?(?! d['’]armes)|exonér\w{1,3}"
    r"|(?<!\bou )non(?!-| (?:seulement|autonome|gouvernemental|permanent|membre|transmissible|réservé|préaffect|classif"
    r"|contraign|lucratif|aligné|étatique|résident|renouvelable|(?:pas )?l['’]inverse))",
    "es": r"(?<!\bo )no(?! (?:injerencia|intervención|agresión|discriminación|repetición|desead|(?:es|son"
    r"|era|fue|está|están|se trata) (?:\w+ )?(?:solo|sólo"
    r"|solamente|únicamente)|solo|sólo|solamente|únicamente|obstante|autónom|gubernamental|permanente"
    r"|transmisible|estatal"
    r"|básic|alinead|lucrativ|residente|renovable|proliferación|vinculante|al revés|a la inversa|viceversa"
    r"|(?:se )?(?:dej\w+|qued\w+) (?:a )?nadie|cabe duda))"
    r"|(?-i:N)(?:unca|ingun[oa]|ingún|adie|ada)|(?<!no )(?-i:nunca)|(?-i:En ning(?:ún|una))"
    r"|(?<=que )(?:nunca|ningun[oa]|ningún|nadie|nada)|jamás"
    r"|(?-i:s|S(?=in [a-záéíóú]))in(?! (?:demora|dilación|embargo|per?juicio|prejuicio|(?:lugar a )?dudas?"
    r"|excepción|precedente|litoral|fines de lucro"
    r"|ánimo de lucro|cesar|reservas|interrupción|hogar|techo|tregua))|tampoco|exent[oa]s?",
    "ru": r"(?<!\bили )не(?! (?:своди\w+ к|ограничива\w+|оставля\w+ сомнени|только|столько|наоборот|говоря"
    r"|имеющ\w+ выхода"
    r"|в последнюю|(?:был\w* )?забыт|забыва"
    r"|отста\w+|оста\w+ (?:никого )?(?:позади|без внимания|в стороне)))|(?<!на )нет"
    r"|без(?! (?:промедлени|задержк|ущерба|исключени|сомнени|отлагательств|оговор|прецедент|преувеличени|перерыв"
    r"|колебани))\w{0}|нельзя|освобожд(?:а[ею]тся|ен[аоы]?)(?= от)",
    "ar": r"[وف]?[بل]?(?:(?<!أم )(?<!أو )لا(?! (?:(?:\S+ ){1,4}(?:فحسب|فقط|سوى)|سيما|[يت]زال|زال|بد|[يت]تجزأ"
    r"|مركزي|غنى|شك|ريب|جدال|حصر|مثيل|رجعة|نهاية"
    r"|سلكي|غير\b|[يت]ستهان|[يت]قتصر\w*))|[بل]?ألا(?! (?:وه|[يت]تخلف|[يت]ترك))|لئلا|(?:لن"
    r"|لم)(?! (?:\S+ ){1,5}سوى)|ليست?(?! (?:العكس|فقط|(?:\S+ ){1,4}سوى))"
    r"|ليس[وناه]\w?(?! فقط)|عدم(?! (?:اليقين|المساواة|الاستقرار|التمييز|التدخل|التكافؤ|التوازن"
    r"|الإعادة القسرية|الانحياز|انحياز|الانتشار|انتشار|ترك|تخلف|إغفال))"
    r"|دون(?! (?:(?:ال)?إقليمي|(?:ال)?وطني|سن\b|الخامسة|المستوى|تأخير|إبطاء|انقطاع|استثناء|قيد|شك|المساس|الإخلال))"
    r"|غير(?! (?:أن|ذلك|(?:ال)?(?:متناسب|مبرر|حكومي|رسمي|أساسي|متمتع|ساحلي|معد|مباشر|دائم|ربحي|هادف|نظامي|مشروع|قانوني"
    r"|شرعي|مأهول|متوقع|عادي|مسبوق|متساو|منتظم|نقدي|عضو|سار|ملزم|متفرغ|مخصص|تقليدي|مرئي|منحاز|مقيم|أعضاء|دول"
    r"|متفرغ|نووي|مصنف|تجاري|زراعي)))|معفاة?|إعفاء|تُ?عفى)",
    "zh": r"(?<![最])(?<!不得)(?<!有罪)不(?!限成员名额|偏不倚"
    r"|[妨断时同但久良论管少平等安稳定确歧扩结止当利足法公幸至过懈折言遗]"
    r"|[仅只](?!限)|得不|限于"
    r"|可(?:或缺|分割|逆转|剥夺|抗力|避免)|让(?:任何|一)|是相反|使任何|落下|[列]颠|丹)"
    r"|未(?![来成必遂])|没(?:有|能)|(?<![豁避以难未])免(?![疫费于遭受])"
    r"|(?<!证)无(?![论保障偿核家国人条线疑缝形度]|意中)|(?<![南中东西北泛除])非(?![技洲政正常核传自洲法营盈专国暴成歧居物凡统经殖索]|相反)"
    r"|勿",
}
# What says no by what it does: who lacks a plan has none.
REFUSALS = {
    "en": r"lack(?:s|ed|ing)?|too (?:little|few)|embargo(?:e[ds])?|insufficien\w+|inadequa\w+|fail(?:s|ed"
    r"|ure)? to|miss(?:ed"
    r"|es)|refus(?:es?|ed|al|ing)(?: to)?"
    r"|reject(?:s|ed|ion|ing)?|exclud(?:es?|ed|ing)"
    r"|(?:advis|argu|decid|recommend|spoke|vot|warn|object)\w{0,3} against|absence of|den(?:y|ies|ied|ying)"
    r"|prohibit(?:s|ed|ing)?|bann(?:ed|ing)|turn(?:s|ed|ing)? down|oppos(?:es?|ed|ing)|decline[sd]? to"
    r"|refrain(?:s|ed|ing)?(?: in (?:\w+ ){1,4}"
    r"| \w+ly )? ?from"
    r"|ke(?:ep|eps|pt)(?: \w+){1,4} out of|imped(?:es?|ed|ing)|hinder(?:s|ed|ing)?|hamper(?:s|ed|ing)?",
    "fr": r"manque(?:nt)? (?:de|du|des|d['’])|manqué\w{0,2}|insuffisan\w+|absence (?:de|du|des|d['’])"
    r"|échou\w+|refus(?:e|ent|é|ée|és|er|ant|ait|aient)?"
    r"|rejet(?:te|tent|tons|é|ées|ée"
    r"|és)?|exclu(?!si)\w*|écart(?:e|ent|é|és|ée|ées)|incapables?"
    r"|interdi(?:t|sent|te)|déconseill\w+|(?:pronon|vot|élev|conseill|recommand)\w+ contre"
    r"|s['’]abst(?:ient|iennent|enir)|s['’]oppose(?:nt)?|dépourvue?s?",
    "es": r"insuficien\w+|care(?:ce|cen|cía|cían|zca|zcan|ciendo)|carencia|ausencia|rechaz\w+|negativas? a|exclu[iy]\w+"
    r"|falta de|faltó|faltaron|se (?:negó"
    r"|negaron|niega|niegan)"
    r"|prohíbe[n]?|prohibi(?:ó|do|da)|se abst\w+|desaconsej\w+|(?:vot|pronunci|manifest)\w+ en contra"
    r"|se op(?:one|onen|uso|usieron)|incapa(?:z|ces)|impid\w+",
    "ru": r"отсутств\w+|пропусти\w+|недостаточн\w+|нехватк\w+|лишен\w*|отказ(?:ал\w*|ыва\w+|а|ом)?|отклон\w+"
    r"|исключ(?:ен(?:[аоы]|н\w+)?|а(?:ет|ют)|ил\w*)"
    r"|запре(?:щ\w+|т\w*)|отверг\w*|отверж\w+|возража\w+|(?:выступ|высказ|проголосо)\w+ против|воздерж\w+"
    r"|препятству\w+|лишь не",
    "ar": r"[وف]?(?:[يت]?فتقر\w{0,2}|ا?نعدام|غياب|تغيب\w*|[يتن]?رفض\w*|[يت]حجم عن|أحجم\w* عن|تعذر"
    r"|استبعد\w*|[يت]ستبعد\w*|[يت]حظر"
    r"|محظور\w*|(?:لل|[بل]?(?:ال)?)حظر(?! (?:الشامل|الأسلحة|الانتشار|التجارب|شامل))|امتنع\w*|[يت]متنع\w*"
    r"|امتناع|عارض\w*)",
    "zh": r"抵制|缺乏|缺席(?!位)|错过|不足以|缺少|拒绝|排除|未能|反对(?![派党者])|禁止(?![^，。；]{0,12}(?:条约|公约"
    r"|组织))|否认|无法",
}
# What a paragraph may say where a claim says no, though it often says less.
LACKS = {
    "en": r"still needs? to|remains? to be|miss(?:ed|es|ing)|(?-i:[Uu]n(?!der|i[oqtfv]|til|less|fold|cover"
    r"|anim)[a-z]{3,})|under(?:fund"
    r"|staff|us|utili|represent|resourc|invest|deliver|spen|perform)\w+|in(?!valua|dispensa|evita|credi)\w{3,}[ai]bl[ey]|incomplete"
    r"|except\w*|pending|failures?"
    r"|absent|ceas\w+|stop(?:s|ped)?|only|solely|out of|gaps?|shortfalls?|shortages?"
    r"|deficien\w+|hamper\w+|imped\w+|prevent(?:s|ed)?|ended|f(?:a|e)ll(?:s|ing)? short|short of|before|until|prior to"
    r"|non-?\w{3,}|im(?:possib|perfect|proper|partial)\w*|il(?:legal|licit)\w*|ir(?:regular|respective|relevan)\w*"
    r"|in(?:ab|accura|active|capa|consist|correct|defin|direct|effect|effici|elig|equal|equit|formal|frequen|secur"
    r"|valid|visib|volunt)\w*|rarely|seldom|scarcely|barely|avoid\w*|delay\w*|postpon\w+|suspen\w+|devoid|vacan\w+"
    r"|free (?:of|from)|free-of|neutral\w*|outstanding|overdue|(?:been|is|are|was|were) due|too \w+ (?:to"
    r"|for)|difficult\w*|few|discontinu\w+|rul(?:es?|ed|ing) out|neglect\w*|withdr\w+"
    r"|contrary|against|disproportion\w+|contradict\w*|violat\w+|at odds|terminat\w+|\w{4,}less|obstacles?"
    r"|barriers?|refut\w+|disproven",
    "fr": r"contrair\w*|contre|disproportionn\w+|contrev\w+|à l['’]encontre|viol(?:e|ent|é|ée|és|ation"
    r"|ations)|in(?:utile|adéquat"
    r"|adapté|opportun|juste|complet|correct|actif)\w*|défaut|manqu\w+|empêch\w+|cess\w+|seul\w*|uniquement|exclusive\w*|lacunes?|pénuries?"
    r"|entrav\w+|faute d\w*|en attente|non-\w+|in(?!dépend|téress|stant|cid|form|dican)\w{3,}(?:able|ible"
    r"|ant|ante|et|ète|ent|ente)s?|impossib\w+|inachev\w+"
    r"|inexist\w+|rarement|avant|en deçà|évit\w+|report(?:é|ée|és|ées|er|ent)|suspen\w+|vacan\w+|difficil\w+|peu|loin d"
    r"|renonc\w+|hors|obstacle\w*|infondé\w*|réfut\w+|dénué\w*",
    "es": r"contrari\w+|contra|despropor\w+|contraven\w+|viol(?:a|an|ó|ación|aciones)|in(?:necesari"
    r"|adecuad|oportun|just"
    r"|correct|complet|segur|activ)\w*|falta\w*|salvo|excepto|exclu\w+|ces\w+|dejó de|sol[oa]s?|únicamente"
    r"|fuera de|lagunas"
    r"|deficien\w+|escas\w+|obstaculiz\w+|pendientes?|in(?!dependi|telig|teres|forma|cid|mig|tegr)\w{3,}(?:ble|bles|ente|entes|ante|antes|plet[oa]s?)|imposib\w+"
    r"|inexist\w+|incumpl\w+|rara vez|apenas|antes|evit\w+|aplaz\w+|suspend\w+|vacantes?|libres? de|impag\w+|difícil\w*"
    r"|dificult\w+|poc[oa]s?|obstácul\w+|infundad\w+|refut\w+",
    "ru": r"противореч\w+|против|наруш\w+|вразрез|исключ\w+|кроме|прекра\w+|только|лишь|исключительно|недостат\w+"
    r"|пробел\w*|дефицит\w*|мешал\w*"
    r"|ожида\w+|не(?!дел|завис|фт|движ|прерыв|прав|зыбл|котор|скольк|обходим|посредств|медлен|давн|смотр|однокр)\w{5,}|без(?!опас|услов)\w{4,}"
    r"|прежде|свободн\w+ от|просроч\w+|избега\w+|избеж\w+|отлож\w+|приостан\w+|вакан\w+|редко|мало"
    r"|трудн\w+|затруд\w+|вне|препятств\w+|опроверг\w+",
    "ar": r"[يت]تنافى|[يت]تعارض|ضد|مناف\w*|انتهاك\w*|مستحيل\w*|باستثناء\w*|توقف\w*|فقط|حصرا|نقص|قصور|ثغرات|فجوات"
    r"|[يت]عرقل\w*|[يت]عوق|معلق\w?|غير|[بو]?دون|تجنب"
    r"|تأجيل|شاغر\w*|خالي\w?|متأخر\w*|قبل|نادرا|قلة|قليل\w*|عجز|استحال\w*|[يت]صعب|صعوب\w*|خارج|عائق\w*|عقبة|عقبات|فند\w*",
    "zh": r"违反|违背|相悖|抵触|除外|尚待|有待|停止|仅|只|不足|缺口|差距|短缺|妨碍|阻碍|待|不|无|未|非"
    r"|难以|避免|推迟|暂停|空缺|缺席"
    r"|之前|前|很少|极少|免于|逾期|拖欠|障碍|毫无根据|驳斥|以外",
}
# What makes one thing stand instead of another; only what follows is denied.
CONTRASTS = {
    "en": r"rather than|instead of|as opposed to",
    "fr": r"plutôt qu\w*|au lieu d\w*|et non(?! seulement| pas seulement)",
    "es": r"en lugar de|en vez de|y no(?= (?:a|de|en|un|el|la|los|las)\b)",
    "ru": r"вместо|(?:а|и) не(?! только)",
    "ar": r"بدلا من|عوضا عن|لا(?= مجرد)",
    "zh": r"而不是|而非|代替",
}
