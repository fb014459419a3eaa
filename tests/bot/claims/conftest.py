"""What verification of single claims needs: no index, and no model."""

import pytest

from bot.claims.terms import glossary_terms
from bot.verify import Verifier
from vectorstore.ideas import Translator
from vectorstore.lexicon import bundled_lexicon


@pytest.fixture(scope="session")
def verifier() -> Verifier:
    return Verifier(Translator(bundled_lexicon(), glossary_terms()))
