"""The terms of the glossary, as search and verification find them in a text."""

from functools import cache

from prompts.glossary import glossary
from vectorstore.terms import Terms


@cache
def glossary_terms() -> Terms:
    """The terms of the glossary, in its order; each caller gets the same."""
    return Terms([{language: words.forms for language, words in term.wordings.items()} for term in glossary()])
