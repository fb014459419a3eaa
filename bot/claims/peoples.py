"""Places that a text names by what is from there: "the Indonesian Government", "сирийские власти"."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from prompts.places import places

_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDS = {
    "en": re.compile(r"[aeiouy]+$"),
    "fr": re.compile(r"[aeiouyé]+$"),
    "es": re.compile(r"[aeiouáéíóú]+$"),
    "ru": re.compile(r"[аеиоуыэюяйь]+$"),
    "ar": re.compile(r"(?:يا|ية|ا|ة)$"),
}
_SHORTEST = 4  # letters that a place and its people have in common
_LONGEST_END = 6  # "-ийского"
_ARTICLE = re.compile(r"^[وفبلك]?ال")
# Two words for one people: "South Sudanese", "sud-soudanais".
_TOGETHER = re.compile(
    r"(?<!\w)(South|Sud|Equatorial)[ -](?=(?:sudanese|african|soudanais|africain|guinean))", re.IGNORECASE
)
# Those that begin otherwise than the place.
_OTHERWISE = {
    "en": "France French,Spain Spanish,Greece Greek,Netherlands Dutch,Denmark Danish,Switzerland Swiss,Turkey Turkish,"
    "Poland Polish,Finland Finnish,Sweden Swedish,Lebanon Lebanese,Afghanistan Afghan,Philippines Filipino,"
    "Philippines Philippine,Cyprus Cypriot,Norway Norwegian,Portugal Portuguese,Myanmar Burmese,Thailand Thai,"
    "Ireland Irish,Iceland Icelandic,Peru Peruvian,Kazakhstan Kazakh,Uzbekistan Uzbek,Tajikistan Tajik,"
    "Kyrgyzstan Kyrgyz,Turkmenistan Turkmen,Wales Welsh,Slovakia Slovak,Serbia Serb,Iran Iranian,Iraq Iraqi,"
    "Mali Malian,Congo Congolese,Togo Togolese,China Chinese,Cuba Cuban,Chad Chadian,Oman Omani,Laos Lao,Kenya Kenyan,"
    "Syria Syrian,Libya Libyan,India Indian,Samoa Samoan,Fiji Fijian,Ukraine Ukrainian,Niger Nigerien,Belize Belizean,"
    "Germany German,Madagascar Malagasy,Israel Israeli,Argentina Argentine,Belgium Belgian,Palau Palauan,"
    "Bosnia Bosnian,Palestine Palestinian,Burundi Burundian,Guinea Guinean,Sudan Sudanese,"
    "Puerto Rico Rican,Costa Rica Rican,Sri Lanka Lankan,Burkina Faso Burkinabe,"
    "Sierra Leone Leonean,El Salvador Salvadoran,Saudi Arabia Saudi,Cabo Verde Verdean,Timor-Leste Timorese,"
    "United Kingdom British,United States American,Côte d’Ivoire Ivorian,Viet Nam Vietnamese,Vietnam Vietnamese,"
    "Trinidad and Tobago Trinidadian,New Zealand Zealander,South Sudan Southsudanese,South Africa Southafrican,"
    "Equatorial Guinea Equatorialguinean,Balkans Balkan",
    "fr": "Israël Israélien,Syrie Syrien,Syrie Syrienne,Libye Libyen,Libye Libyenne,Inde Indien,Inde Indienne,"
    "Chine Chinois,"
    "Cuba Cubain,Mali Malien,Mali Malienne,Irak Irakien,Irak Iraquien,Iraq Iraquien,Iran Iranien,Pérou Péruvien,"
    "Niger Nigérien,Pays-Bas Néerlandais,États-Unis Américain,Royaume-Uni Britannique,Espagne Espagnol,Grèce Grec,"
    "Norvège Norvégien,Suède Suédois,Philippines Philippin,Turquie Turc,Chypre Chypriote,Allemagne Allemand,"
    "Kenya Kényan,Soudan Soudanais,Tchad Tchadien,Togo Togolais,Laos Lao,Oman Omanais,Japon Japonais,Haïti Haïtien,"
    "Yémen Yéménite,Sénégal Sénégalais,Maroc Marocain,Liban Libanais,Ukraine Ukrainien,Russie Russe,"
    "Porto Rico Portoricain,Côte d’Ivoire Ivoirien,Soudan du Sud Sudsoudanais,Afrique du Sud Sudafricain,"
    "Sahel Sahélien,Balkans Balkanique",
    "es": "Siria Sirio,Siria Siria,Libia Libio,India Indio,Irak Iraquí,Iraq Iraquí,Irán Iraní,China Chino,Cuba Cubano,"
    "Mali Maliense,Malí Maliense,Chad Chadiano,Perú Peruano,Níger Nigerino,Japón Japonés,Afganistán Afgano,"
    "Sudán Sudanés,Francia Francés,Reino Unido Británico,Turquía Turco,Grecia Griego,Suiza Suizo,Suecia Sueco,"
    "Haití Haitiano,Líbano Libanés,Pakistán Pakistaní,Omán Omaní,Gabón Gabonés,Benín Beninés,Canadá Canadiense,"
    "Panamá Panameño,Ecuador Ecuatoriano,Guatemala Guatemalteco,Alemania Alemán,Rusia Ruso,Kenya Keniano,"
    "Nepal Nepalés,Togo Togolés,Yemen Yemení,Camerún Camerunés,Tayikistán Tayiko,Kirguistán Kirguís,Uzbekistán Uzbeko,"
    "Kazajstán Kazajo,Brasil Brasileño,Egipto Egipcio,Marruecos Marroquí,Israel Israelí,"
    "Puerto Rico Puertorriqueño,Costa Rica Costarricense,Estados Unidos Estadounidense,"
    "El Salvador Salvadoreño,Sudán del Sur Sursudanés,Sudáfrica Sudafricano,Balcanes Balcánico",
    "ru": "Сирия Сирийц,Израиль Израильтян,Кипр Киприот,Республика Корея Южнокорейск,Сальвадор Сальвадорск,"
    "Сальвадор Салвадорск,Норвегия Норвежск,Швеция Шведск,Португалия Португальск,Бельгия Бельгийск,Дания Датск,"
    "Финляндия Финск,"
    "Польша Польск,Бразилия Бразильск,Венгрия Венгерск,Чехия Чешск,Словакия Словацк,Румыния Румынск,Грузия Грузинск,"
    "Армения Армянск,Казахстан Казахск,Узбекистан Узбекск,Кыргызстан Кыргызск,Таджикистан Таджикск,Гаити Гаитянск,"
    "Туркменистан Туркменск,Израиль Израильск,Камбоджа Камбоджийск,Таиланд Тайск,"
    "Сирия Сирийск,Ливия Ливийск,Индия Индийск,Мали Малийск,Чад Чадск,Иран Иранск,Ирак Иракск,Куба Кубинск,"
    "Франция Французск,Соединенное Королевство Британск,Соединенные Штаты Американск,Перу Перуанск,Того Тоголезск,"
    "Оман Оманск,Кения Кенийск,Гана Ганск,Непал Непальск,Судан Суданск,Самоа Самоанск,Фиджи Фиджийск,Лаос Лаосск,"
    "Германия Немецк,Греция Греческ,Кипр Кипрск,Китай Китайск,Турция Турецк,Украина Украинск,"
    "Южный Судан Южносуданск,Южная Африка Южноафриканск,Афганистан Афганск,Пуэрто-Рико Пуэрториканск,"
    "Ближний Восток Ближневосточн",
    "ar": "قبرص قبرصي,قبرص قبارصة,أرمينيا أرمني,السلفادور سلفادوري,إسرائيل إسرائيلي,الأردن أردني,فلسطين فلسطيني,"
    "سوريا سوري,سورية سوري,سوريا سورية,ليبيا ليبي,الهند هندي,العراق عراقي,مصر مصري,اليمن يمني,"
    "الصين صيني,كوبا كوبي,إيران إيراني,"
    "روسيا روسي,تركيا تركي,تشاد تشادي,عمان عماني,النيجر نيجري,كينيا كيني,فرنسا فرنسي,لبنان لبناني,السودان سوداني,"
    "المملكة المتحدة بريطاني,الولايات المتحدة أمريكي",
}


def peoples_in(text: str, language: str) -> Iterator[int]:
    """The numbers of the places from which the text says that something or somebody is."""
    roots = _roots(language) if language != "zh" else {}
    for found in _WORD.finditer(_TOGETHER.sub(r"\1", text)) if roots else ():
        word = _ARTICLE.sub("", found[0]) if language == "ar" else found[0].casefold()
        yield from _place_of(word, roots)


def _place_of(word: str, roots: Mapping[str, frozenset[int]]) -> frozenset[int]:
    """The places whose name begins as the word does: of several those with the longest beginning."""
    ends = range(len(word), max(_SHORTEST, len(word) - _LONGEST_END) - 1, -1)
    return next((roots[word[:end]] for end in ends if word[:end] in roots), frozenset())


@cache
def _roots(language: str) -> Mapping[str, frozenset[int]]:
    roots: dict[str, frozenset[int]] = {}
    for number, names in enumerate(places()):
        for name in names[language]:
            root = _ENDS[language].sub("", _ARTICLE.sub("", name) if language == "ar" else name.casefold())
            if len(root) >= _SHORTEST and _WORD.fullmatch(root):
                roots[root] = roots.get(root, frozenset()) | {number}
        for place, people in (pair.rsplit(maxsplit=1) for pair in _OTHERWISE.get(language, "").split(",") if pair):
            if place in names[language]:
                root = _ENDS[language].sub("", people.casefold())
                roots[root] = roots.get(root, frozenset()) | {number}
    return roots
