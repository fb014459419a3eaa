"""Claims about bodies, titles, places and other names: which of them are kept, and which told."""

import pytest

from bot.claims.evidence import Evidence
from bot.verify import Verifier


@pytest.mark.parametrize(
    ("language", "claim", "paragraph_language", "paragraph"),
    [
        ("en", "UNDP is the vice-chair.", "zh", "开发署担任副主席。"),
        ("en", "ICRM took part.", "en", "The International Centre for River Mountains took part."),
        ("en", "The Chair of the Committee spoke.", "en", "The Chairman of the Committee spoke."),
        (
            "en",
            "The partnership was on the agenda of COP30.",
            "en",
            "The partnership was on the agenda of the thirtieth COP.",
        ),
        (
            "fr",
            "Les médias et les partis politiques du Soudan du Sud ont publié une déclaration commune.",
            "en",
            "South Sudanese media and political parties published a joint declaration.",
        ),
        (
            "ru",
            "Выступил представитель норвежского правительства.",
            "en",
            "A representative of the Norwegian Government spoke.",
        ),
        ("zh", "毒品和犯罪问题办公室发起了反恐网络。", "en", "UNODC launched a network against terrorist recruitment."),
        ("es", "El PNUD ocupa la vicepresidencia.", "ru", "ПРООН является заместителем председателя."),
        ("en", "The Secretary-General met the Board.", "en", "I met the Board."),
        ("en", "All five regional collaborative platforms met.", "en", "All five platforms met in the region."),
        ("en", "The Mine Action Service trained staff.", "en", "The United Nations Mine Action Service trained staff."),
        ("zh", "南苏丹特派团与地方当局密切协调。", "en", "UNMISS coordinated closely with local authorities."),
        ("ru", "Школы закрыли в Нигере.", "en", "The schools were closed in the Niger."),
        ("zh", "印度尼西亚政府同意举行谈判。", "en", "The Indonesian Government agreed to hold talks."),
        ("zh", "发展中国家的支出增加了。", "en", "The expenditure of developing countries increased."),
        ("ru", "Г-н Рамалью встретился с Ахмедом.", "en", "Mr. Ramalho met Mr. Ahmed."),
        ("fr", "Les écoles ont été fermées à Djouba.", "en", "The schools were closed in Juba."),
        ("en", "The group invited the Intergovernmental Authority on Waterways.", "en", "The group invited IGAW."),
        ("zh", "缔约国大会作出了决定。", "en", "The Conference of the States Parties took a decision."),
        ("ru", "Министр Сирии выступил в Совете.", "en", "The Syrian Minister spoke in the Council."),
        ("es", "La aldea de Gayar sigue ocupada.", "en", "The village of Ghajar remains occupied."),
        (
            "en",
            "The Deputy Executive Director chairs the group.",
            "en",
            "The Executive Director set up the group, chaired by his deputy.",
        ),
        ("ru", "Данные об отделениях опубликованы.", "en", "The data of the offices were published."),
        ("ar", "زار المدير الغابات.", "en", "The director visited the forests."),
        ("fr", "Un organe consultatif a été créé.", "en", "An advisory body was set up."),
        ("es", "Los países de África Subsahariana informaron.", "en", "The countries of sub-Saharan Africa reported."),
        ("zh", "德国和法国提供了支助。", "ar", "قدمت ألمانيا وفرنسا الدعم."),
        ("en", "The Security Council took note of the report.", "fr", "Le Conseil a pris note du rapport."),
        ("fr", "Le rapport répond au CCI.", "en", "The report replies to the Joint Inspection Unit."),
        ("es", "El informe se dirige al CCI.", "en", "The report is addressed to the International Trade Centre."),
        ("en", "NATO and UNMIK met.", "ru", "НАТО и МООНК провели встречу."),
        ("fr", "La CPI a siégé.", "zh", "国际刑事法院开庭。"),
        ("en", "The Commission on Narcotic Drugs met.", "ar", "انعقدت الدورة السابعة والخمسون للجنة المخدرات."),
        (
            "ar",
            "قدم المركز الدعم للمحكمة الجنائية الدولية لرواندا.",
            "en",
            "The Centre supported the International Criminal Tribunal for Rwanda.",
        ),
        ("en", "Schools in East Timor reopened.", "ar", "أعيد فتح المدارس في تيمور الشرقية."),
        ("en", "The Middle East process resumed.", "ru", "Ближневосточный процесс возобновился."),
        ("ru", "Школы закрыли в Сахеле.", "fr", "Les écoles ont été fermées au Sahel."),
        (
            "en",
            "The review of UNOPS internal control systems sent five recommendations to UNOPS.",
            "en",
            "UNOPS commissioned a review of its internal control systems. It sent five recommendations to UNOPS.",
        ),
        (
            "zh",
            "大会以第72/279号决议将两项职能分开。",
            "en",
            "The General Assembly met in 2018. By its resolution 72/279, it separated the two functions of UNDP.",
        ),
    ],
)
def test_names_are_known_however_they_are_said(
    verifier: Verifier, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    assert verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)]) == ()


@pytest.mark.parametrize(
    ("kind", "language", "claim", "paragraph_language", "paragraph"),
    [
        ("body", "en", "The group is chaired by UNICEF.", "en", "The group is chaired by UNDP."),
        (
            "body",
            "en",
            "The Secretary-General chairs the group.",
            "en",
            "The Deputy Secretary-General chairs the group.",
        ),
        ("body", "en", "The office in Kenya was closed.", "en", "The office in Uganda was closed."),
        ("body", "en", "It was the Chair who moderated.", "en", "The Vice-Chair moderated."),
        (
            "body",
            "fr",
            "Le Fonds a approuvé cinq projets pour le Soudan.",
            "en",
            "The Fund has five projects for South Sudan.",
        ),
        (
            "body",
            "en",
            "It was deferred for the Portuguese authorities.",
            "en",
            "It was deferred for the Indonesian authorities.",
        ),
        ("body", "fr", "Le rapport répond au CCI.", "en", "The report replies to the International Trade Centre."),
        ("body", "en", "NATO chairs the group.", "fr", "L’Union européenne préside le groupe."),
        ("body", "es", "La Corte Penal Internacional decidió.", "en", "The International Court of Justice decided."),
        ("body", "zh", "中东的学校关闭。", "en", "The schools in the Balkans were closed."),
        (
            "body",
            "en",
            "The statement had the approval of the resident coordinator.",
            "en",
            "The resident coordinator receives the statement, approved by the regional centre.",
        ),
        (
            "body",
            "fr",
            "Le 24 mai 1983, il a rencontré le Ministre du Portugal.",
            "en",
            "In April 1983 he met the Minister of Portugal. On 24 May 1983 he met the Minister of Indonesia.",
        ),
        ("body", "en", "Mr. Harris thanked the members.", "en", "Mr. Hart thanked the members."),
        ("body", "fr", "Les écoles ont été fermées à Malakal.", "en", "The schools were closed in Bentiu."),
        ("body", "ru", "Школы закрыли на острове Флорес.", "en", "The schools were closed on the island of Ataúro."),
        ("body", "es", "Las escuelas fueron cerradas en Malawi.", "en", "The schools were closed in Zambia."),
        ("body", "en", "The group invited Ms. Ulrichsen.", "en", "The group invited Ms. Weber of the UN and WFP."),
        ("body", "en", "The forum reviews the Sendai Framework.", "zh", "论坛审查《新城市议程》。"),
        (
            "body",
            "en",
            "The transition of the services from UNICEF to the Secretariat made savings.",
            "en",
            "The transition of the services from UNDP to the Secretariat made savings. UNICEF chairs the group.",
        ),
        (
            "body",
            "en",
            "In Mongolia, the coordinator led the work on guidelines.",
            "en",
            "In Guatemala, the coordinator led the work on guidelines. In Mongolia, offices were made greener.",
        ),
        (
            "body",
            "en",
            "The initiative was launched by the General Assembly.",
            "en",
            "The initiative launched by the Secretary-General follows guidance provided by the General Assembly.",
        ),
        (
            "body",
            "en",
            "The platforms are chaired by UNDP.",
            "fr",
            "La Vice-Secrétaire générale préside les plateformes ; le PNUD en assure la vice-présidence.",
        ),
        (
            "body",
            "zh",
            "开发署担任集团主席。",
            "en",
            "The Deputy Secretary-General chairs the group, UNDP is its vice-chair.",
        ),
    ],
)
def test_another_name_is_told(
    verifier: Verifier, *, kind: str, language: str, claim: str, paragraph_language: str, paragraph: str
) -> None:
    found = verifier.problems(claim, language, [Evidence(paragraph, paragraph_language)])
    assert kind in [problem.kind for problem in found]


def test_whoever_it_is_may_stand_before(verifier: Verifier) -> None:
    paragraph = "UNDP leads the group. The group has rules. It works with UNICEF and meets twice a year."
    assert verifier.problems("UNDP works with UNICEF and meets twice a year.", "en", [Evidence(paragraph, "en")]) == ()
