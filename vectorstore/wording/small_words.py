"""Words that tell nothing by themselves, in the UN languages that part words: articles, prepositions, "be"."""

from functools import cache

from vectorstore.tokens import stems

_WORDS = {
    "en": "a an the and or but if as at by for from in into of off on onto out over to under up with within "
    "upon per via than that this these those which who whom whose what when where while it its they them "
    "their he she his her we our be is are was were been being has have had having do does did also such "
    "so all any both each other some there then not no nor yet will would shall should may might can "
    "could must between through during about against among",
    "fr": "le la les un une des du de et ou mais si à au aux par pour en dans sur sous avec sans entre vers "
    "chez que qui quoi dont où ce cet cette ces il elle ils elles on nous son sa ses leur leurs se ne pas "
    "plus être est sont était été avoir a ont avait aussi ainsi tout tous toute toutes autre autres comme "
    "lors selon afin ni même peut doit",
    "es": "el la los las un una unos unas de del y e o u pero si a al por para en con sin entre sobre hacia "
    "desde hasta que quien cual cuyo cuya donde este esta estos estas ese esa lo le les se su sus no ni "
    "ser es son era fue fueron sido estar está están ha han había haber también así todo todos toda todas "
    "otro otros otra otras como según más",
    "ru": "и или но а если в во на по с со к ко о об от до из за для при через между над под у без что который "
    "которая которое которые этот эта это эти тот та те он она оно они мы его ее их свой своя свои не ни "
    "нет быть был была было были будет будут есть также так как все всех всеми другой другие этого этой "
    "этих том чтобы",
    "ar": "في من إلى على عن مع بين عند منذ حتى أو ثم أن إن أنه أنها التي الذي الذين اللتين هذا هذه ذلك تلك هو "
    "هي هم كان كانت يكون تكون كما لا لم لن ليس غير قد كل جميع بعض أي ما مما وما وفي ومن وعلى بما فيها بها "
    "لها له التى",
    "zh": "",
}


@cache
def small_words(language: str) -> frozenset[str]:
    """The stems of these words; of Chinese none, which are pairs of characters."""
    return frozenset(stems(_WORDS[language], language))
