"""Words of number, by language: numbers written out, thousands and millions, units and currencies."""

# The words for 1 to 19, for the tens from 20 to 90, and, where they are one word, for 21 to 29, for the hundreds from
# 200 to 900, for 100, and what is a thousand, or two, without a number before it; the forms of one are parted by "/".
_RANGES = (
    *(range(1, 20), range(20, 100, 10), range(21, 30), range(200, 1000, 100), range(100, 101)),
    (1000, 2000, 10**6, 2 * 10**6, 10**9, 2 * 10**9, 500_000),
)
_WRITTEN = {
    "en": (
        "one two/twice three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen "
        "eighteen nineteen",
        "twenty thirty forty fifty sixty seventy eighty ninety",
        "",
        "",
        "",
        "- - - - - - half_a_million",
    ),
    "fr": (
        "un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
        "dix-huit dix-neuf",
        "vingt trente quarante cinquante soixante soixante-dix quatre-vingts/quatre-vingt quatre-vingt-dix",
        "",
        "",
        "cent",
        "mille - - - - - demi-million",
    ),
    "es": (
        "un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
        "diecisiete dieciocho diecinueve",
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        "veintiuno/veintiún/veintiuna veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho "
        "veintinueve",
        "doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas "
        "seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas",
        "cien/ciento",
        "mil - - - - - medio_millón",
    ),
    "ru": (
        "один/одна/одно/одного/одной два/две/двух/двум/двумя/дважды/двое/двоих "
        "три/трижды/трех/трёх/трем/тремя/трое/троих "
        "четыре/четырех/четырёх/четырем/четырьмя/четверо/четверых пять/пяти/пятью/пятеро шесть/шести/шестью "
        "семь/семи восемь/восьми/восемью/восьмью девять/девяти/девятью десять/десяти/десятью "
        "одиннадцать/одиннадцати двенадцать/двенадцати "
        "тринадцать/тринадцати четырнадцать/четырнадцати пятнадцать/пятнадцати шестнадцать/шестнадцати "
        "семнадцать/семнадцати восемнадцать/восемнадцати девятнадцать/девятнадцати",
        "двадцать/двадцати тридцать/тридцати сорок/сорока пятьдесят/пятидесяти шестьдесят/шестидесяти "
        "семьдесят/семидесяти восемьдесят/восьмидесяти девяносто",
        "",
        "двести/двухсот триста/трехсот/трёхсот четыреста/четырехсот/четырёхсот пятьсот/пятисот шестьсот/шестисот "
        "семьсот/семисот восемьсот/восьмисот девятьсот/девятисот",
        "сто/ста",
        "тысяча/тысячу - миллион - миллиард - полмиллиона",
    ),
    "ar": (
        "واحد/واحدة/أحد/إحدى اثنان/اثنين/اثنتين/اثنا/اثني/اثنتا/اثنتي/مرتين/مرتان ثلاثة/ثلاث/ثلاثا "
        "أربعة/أربع/أربعا خمسة/خمس/خمسا "
        "ستة/ست/ستا سبعة/سبع/سبعا ثمانية/ثماني/ثمان/ثمانيا "
        "تسعة/تسع/تسعا عشرة/عشر/عشرا",
        "عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين ثمانون/ثمانين تسعون/تسعين",
        "",
        "مائتان/مائتين/مئتان/مئتين/مائتا/مائتي/مئتا/مئتي ثلاثمائة/ثلاثمئة أربعمائة/أربعمئة خمسمائة/خمسمئة "
        "ستمائة/ستمئة سبعمائة/سبعمئة ثمانمائة/ثمانمئة تسعمائة/تسعمئة",
        "مائة/مئة",
        "ألف ألفا/ألفي/ألفان/ألفين مليون مليونا/مليوني/مليونان/مليونين مليار/بليون "
        "مليارا/ملياري/ملياران/مليارين/بليونا/بليوني/بليونان/بليونين نصف_مليون",
    ),
}
WRITTEN = {
    language: {
        form.replace("_", " "): number
        for numbers, words in zip(_RANGES, rows, strict=False)
        for number, forms in zip(numbers, words.split(), strict=False)
        for form in forms.split("/")
        if form != "-"
    }
    for language, rows in _WRITTEN.items()
}

CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
CHINESE_TENS = {"十": 10, "百": 100, "千": 1000}
CHINESE_COUNTERS = "个名位项次国份家种年届件天人周月座场轮所起处支套条类组期倍城宗艘架辆台本篇枚"

# What a number is multiplied by, by the words right after it.
SCALES = {
    "en": {
        "hundred": 100,
        "thousand": 10**3,
        "million": 10**6,
        "mn": 10**6,
        "m": 10**6,
        "billion": 10**9,
        "bn": 10**9,
        "trillion": 10**12,
    },
    "fr": {
        "cents?(?! *%)": 100,
        "mille": 10**3,
        "millions?(?: d[e’'])?": 10**6,
        "milliards?(?: d[e’'])?": 10**9,
        "billions?": 10**12,
    },
    "es": {
        "mil millones(?: de)?": 10**9,
        "mil": 10**3,
        "mill(?:ón|ones)(?: de)?": 10**6,
        "bill(?:ón|ones)(?: de)?": 10**12,
    },
    "ru": {
        r"тыс(?:\.|яч\w{0,3})": 10**3,
        r"млн\.?": 10**6,
        r"миллион\w{0,3}": 10**6,
        r"млрд\.?": 10**9,
        r"миллиард\w{0,3}": 10**9,
        r"трлн\.?": 10**12,
        r"триллион\w{0,3}": 10**12,
    },
    "ar": {
        "(?:ألف|آلاف)": 10**3,
        "(?:مليون|ملايين)ا?": 10**6,
        "(?:بليون|بلايين|مليار|مليارات)ا?": 10**9,
        "(?:تريليون|تريليونات)ا?": 10**12,
    },
    "zh": {"万亿": 10**12, "千万": 10**7, "百万": 10**6, "亿": 10**8, "万": 10**4, "千": 10**3},
}

# How a unit is written after a number, and what it is noted as.
_ANY_UNIT = {r"%": "%", r"€": "€", r"£": "£", r"¥": "¥"}
UNITS = {
    "en": {
        r"percentage points?": "points",
        r"per\s?cent": "%",
        r"(?:United States |US )?dollars?": "$",
        r"USD": "$",
        r"euros?": "€",
        r"EUR": "€",
    },
    "fr": {
        r"points? de pourcentage": "points",
        r"pour cent": "%",
        r"dollars?(?: des États-Unis)?": "$",
        r"euros?": "€",
    },
    "es": {
        r"puntos? porcentual(?:es)?": "points",
        r"por ciento": "%",
        r"dólar(?:es)?(?: de los Estados Unidos)?": "$",
        r"euros?": "€",
    },
    "ru": {
        r"процентн\w{2,3} пункт\w{0,2}": "points",
        r"процент\w{0,3}": "%",
        r"-процентн\w{2,3}": "%",
        r"долл(?:\.|ар\w{0,3})(?: США)?": "$",
        r"евро": "€",
    },
    "ar": {
        r"نقط\w{1,2} مئوية|نقاط مئوية": "points",
        r"(?:في المائة|بالمائة|في المئة|بالمئة|٪)": "%",
        r"دولارا?ت?(?: من دولارات الولايات المتحدة| أمريكي\w?)?": "$",
        r"يورو": "€",
    },
    "zh": {r"个百分点": "points", r"美元": "$", r"欧元": "€"},
}
# Other money than dollars and euros, noted by its code.
_MONEY = {
    "en": {r"pounds?(?: sterling)?": "£", r"yen": "¥", r"Swiss francs?": "CHF", r"CFA francs?": "XOF"},
    "fr": {r"livres?(?: sterling)?": "£", r"yens?": "¥", r"francs? suisses?": "CHF", r"francs? CFA": "XOF"},
    "es": {r"libras?(?: esterlinas?)?": "£", r"yenes": "¥", r"francos? suizos?": "CHF", r"francos? CFA": "XOF"},
    "ru": {r"фунт\w{0,3}(?: стерлингов)?": "£", r"иен\w{0,2}": "¥", r"швейцарск\w+ франк\w{0,3}": "CHF"},
    "ar": {r"جنيه\w{0,2}(?: إسترليني\w?)?": "£", r"ينا?": "¥", r"فرنكا?ت? سويسري\w?": "CHF"},
    "zh": {r"英镑": "£", r"日元": "¥", r"瑞士法郎|瑞郎": "CHF"},
}
UNITS = {language: units | _MONEY[language] | _ANY_UNIT for language, units in UNITS.items()}


def chinese_number(printed: str) -> int:
    """The number that Chinese digits and tens stand for: 42 for "四十二", 2021 for "二〇二一"."""
    if not any(sign in CHINESE_TENS for sign in printed):
        return int("".join(str(CHINESE_DIGITS[sign]) for sign in printed))
    total, digit = 0, 0
    for place, sign in enumerate(printed):
        if sign in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[sign]
        else:
            total += (digit or (place == 0)) * CHINESE_TENS[sign]
            digit = 0
    return total + digit
