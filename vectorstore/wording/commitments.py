"""Who shall, will, should or may do something, or decides or asks for it: how strongly a sentence commits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

Strength = Literal["must", "will", "should", "may", "decides", "asks"]

# What says in each language that somebody must, will, should or may do something, that an organ decides, or that it
# asks for something. French and Spanish have endings for the future, Arabic a letter before the verb.
_WORDS: Mapping[str, Mapping[Strength, str]] = {
    "en": {
        "must": r"shall|must|ha(?:s|ve) to|(?:is|are) (?:required|obliged) to",
        "will": r"will|undertakes?|(?:is|are) committed to|commits? (?:itself|themselves) to|pledges? to",
        "should": r"should|ought to",
        "may": r"(?-i:may)|(?:is|are) (?:allowed|permitted|authorized) to",
        "decides": r"decides?|decided|resolves|adopts",
        "asks": r"requests?|requested|urges?|calls? (?:up)?on|invites?|encourages?|recommends?|recommended|directs",
    },
    "fr": {
        "must": r"doi(?:t|vent)|devr(?:a|ont)|(?:est|sont) tenue?s? de",
        "will": r"(?!devr|pourr|extra)(?-i:[a-zà-ÿ])\w{0,20}(?:er|ir|dr|vr|tr|ur|rr|nr)(?:a|ont)"
        r"|s[e’']\s?engagent?(?: à)?",
        "should": r"devrai(?:t|ent)|convient de|il y a lieu de",
        "may": r"peu(?:t|vent)|pourr(?:a|ont|ait|aient)|(?:est|sont) autorisée?s? à",
        "decides": r"décide(?:nt)?|a décidé|ont décidé|adopte(?:nt)?",
        "asks": r"prie(?:nt)?|demande(?:nt)?|engage(?:nt)?|invite(?:nt)?|exhorte(?:nt)?|encourage(?:nt)?"
        r"|recommande(?:nt)?|a (?:prié|demandé|recommandé)",
    },
    "es": {
        "must": r"debe[n]?|deberán?|ha[n]? de|tiene[n]? que|está[n]? obligad[oa]s? a",
        "will": r"(?!deber|podr)(?-i:[a-zà-ÿ])\w{0,20}rá[n]?|se comprometen? a",
        "should": r"debería[n]?|conviene",
        "may": r"puede[n]?|podrá[n]?|podría[n]?|está[n]? autorizad[oa]s? a",
        "decides": r"decide[n]?|decidió|resuelve[n]?|aprueba[n]?",
        "asks": r"pide[n]?|pidió|solicita[n]?|insta[n]?|exhorta[n]?|invita[n]?|alienta[n]?|recomienda[n]?|recomendó",
    },
    "ru": {
        "must": r"долж(?:ен|на|но|ны)|обязан[аоы]?|надлежит|необходимо",
        "will": r"буд(?:ет|ут)|обязу(?:ется|ются)|намерен[аоы]?",
        "should": r"следует|рекомендуется|следовало бы",
        "may": r"мо(?:жет|гут)|вправе|разрешается",
        "decides": r"постановля(?:ет|ют)|реша(?:ет|ют)|решил[аи]?|постановил[аи]?|утвержда(?:ет|ют)",
        "asks": r"прос(?:ит|ят)|просил[аи]?|призыва(?:ет|ют)|предлага(?:ет|ют)|поруча(?:ет|ют)|рекоменду(?:ет|ют)"
        r"|рекомендовал[аи]?|настоятельно призыва(?:ет|ют)",
    },
    "ar": {
        "must": r"[وف]?(?:يجب|يتعين|يلزم|يتوجب)",
        "will": r"[وف]?(?:سوف|س(?!ي(?:اس|اد|اق|ار|ما|ر(?!س)|ط|نا|ول|د)|ت(?:ة|ين|ون|را)|ن(?:ة|و|د)|تا)[يتن]\w{3,}"
        r"|[يت]تعهد\w{0,2}|[يت]لتزم\w{0,2})",
        "should": r"[وف]?(?:ينبغي|يستحسن|يحسن|يوصى)",
        "may": r"[وف]?(?:يجوز|يمكن|يحق)",
        "decides": r"[وف]?(?:[يت]قرر|قررت?|[يت]عتمد)",
        "asks": r"[وف]?(?:[يت]طلب|طلبت?|[يت]دعو|[يت]حث|[يت]هيب|[يت]شجع|[يت]وصي|أوصت?)",
    },
    "zh": {
        "must": r"必须|务必|务须|须(?!知)|不得",
        "will": r"(?<![即])将(?![来军近要领])|承诺|保证",
        "should": r"(?<![响相供适反效回对呼感])应(?![用对急答邀变])(?:当|该)?|宜(?=[由在])",
        "may": r"可以|(?<![认许不])可(?=[由在向酌自要请])|得以",
        "decides": r"决定|通过(?=以下|下列|本)",
        "asks": r"(?<![邀申])请(?!求)|请求|要求|促请|敦促|呼吁|鼓励|邀请|建议",
    },
}
_NEGATIONS = {
    "en": r"not|never|no|cannot|neither|nor|without",
    "fr": r"ne|n['’]|sans",
    "es": r"no|nunca|jamás|ningun[oa]|ningún|sin|tampoco",
    "ru": r"не|ни|нет|без|никогда|нельзя|никак\w{1,3}",
    "ar": r"[وف]?(?:لا|لن|لم|ليس\w?|عدم|دون|غير)",
    "zh": r"不|未|没有|无(?!论)|非(?!洲|政府|正式|常)|勿|莫",
}


@dataclass(frozen=True)
class Commitment:
    """How a sentence commits: the strengths of its verbs, in order, and how many words in it say no."""

    strengths: tuple[Strength, ...]
    negations: int


def commitment_in(sentence: str, language: str) -> Commitment | None:
    """How a sentence in one of the six languages commits somebody, or None where it does not."""
    strengths = tuple(_strength(found) for found in _verbs(language).finditer(sentence))
    return Commitment(strengths, len(_negations(language).findall(sentence))) if strengths else None


def _strength(found: re.Match[str]) -> Strength:
    return next(strength for strength in _WORDS["en"] if found[strength])


@cache
def _verbs(language: str) -> re.Pattern[str]:
    return _words("|".join(f"(?P<{strength}>{words})" for strength, words in _WORDS[language].items()), language)


@cache
def _negations(language: str) -> re.Pattern[str]:
    return _words(_NEGATIONS[language], language)


def _words(pattern: str, language: str) -> re.Pattern[str]:
    """Whole words; Chinese does not part them. Some are told from names ("May 2021") by their small letters."""
    if language == "zh":
        return re.compile(pattern)
    return re.compile(rf"(?<![\w-])(?:{pattern})(?:(?<=['’])|(?!\w))", re.IGNORECASE)
