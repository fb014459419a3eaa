"""Words by which a question asks, in the six UN languages: what answers it does not hold them."""

import re
from functools import cache

_ASKING = {
    "ar": r"كم|بكم|هل|متى|أين|كيف|لماذا|ماذا|بماذا|أي|أية|أيّ|من هو|من هي|من هم|ما هو|ما هي|ما",
    "en": r"how(?: (?:many|much|long|often|far|large|big))?|what|which|who|whom|whose|when|where|why|did|does|do",
    "es": r"cu[aá]nt[oa]s?|cu[aá]l(?:es)?|qu[eé]|qui[eé]n(?:es)?|cu[aá]ndo|d[oó]nde|c[oó]mo",
    "fr": r"combien|quel(?:le)?s?|qui|quoi|quand|où|comment|pourquoi|(?<=-)t-(?:il|elle|on)s?|est-ce|qu(?=['’])",
    "ru": r"сколько|как(?:ой|ая|ое|ие|ого|ому|им|ом|их|ими|ую)?|кто|кого|кому|кем|что|чего|чем|когда|где|куда"
    r"|почему|зачем|ли|чей|чья|чь[её]|чьи",
    # and the particles between words, which make pairs of characters that are no word
    "zh": r"什么时候|什么|多少|哪(?:些|个|里|几|一?[天日月年次项国])?|谁|如何|怎么|怎样|何时|何地|为何|为什么"
    r"|几(?=[个年次项种名])|是否|[吗呢]|多(?:大|长|久)(?=[?？])|(?<!目)的|了(?!解)",
}


def without_asking_words(question: str, language: str) -> str:
    """The question, as `language` writes it, without these words."""
    return _asking(language).sub(" ", question)


@cache
def _asking(language: str) -> re.Pattern[str]:
    words = _ASKING[language]
    return re.compile(words if language == "zh" else rf"\b(?:{words})\b", re.IGNORECASE)
