"""How strongly a sentence commits somebody, in the six languages."""

import pytest

from vectorstore.wording.commitments import Commitment, commitment_in


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "The Office shall report, and members may reply.", Commitment(("must", "may"), 0)),
        ("en", "The Board decides not to meet, and requests a survey.", Commitment(("decides", "asks"), 1)),
        ("en", "Members undertake to pay and should do so early.", Commitment(("will", "should"), 0)),
        ("fr", "Le Bureau présentera un rapport et devrait être prié de répondre.", Commitment(("will", "should"), 0)),
        ("fr", "Le Conseil décide que nul ne peut voter.", Commitment(("decides", "may"), 1)),
        ("es", "La Oficina informará y los miembros podrán responder.", Commitment(("will", "may"), 0)),
        ("es", "La Junta pide que no se abra el puerto, que debe repararse.", Commitment(("asks", "must"), 1)),
        ("ru", "Управление должно представить доклад и не может закрыться.", Commitment(("must", "must"), 1)),
        ("ar", "سيقدم المكتب تقريرا وينبغي للأعضاء الرد.", Commitment(("will", "should"), 0)),
        ("ar", "لا يجوز إغلاق المرفأ.", Commitment(("must",), 1)),
        ("zh", "办公室将提交报告，各成员应予答复。", Commitment(("will", "should"), 0)),
        ("zh", "成员不得关闭港口。", Commitment(("must",), 1)),
    ],
)
def test_a_commitment_is_told_by_its_strength_and_denials(language: str, sentence: str, expected: Commitment) -> None:
    assert commitment_in(sentence, language) == expected


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The port was opened in May 2021 by Captain Vell."),
        ("fr", "La caméra du port de Sierra a filmé l’extra."),
        ("es", "El barco salió hacia Irán."),
        ("ru", "Порт был открыт весной."),
        ("ar", "تشمل سياسة المرفأ ستة أرصفة منذ سنوات."),
        ("zh", "港口供应可持续的能源。"),
    ],
)
def test_a_sentence_that_only_tells_commits_nobody(language: str, sentence: str) -> None:
    assert commitment_in(sentence, language) is None
