"""Lines that are not the text: told in many languages, whatever signs stand around them, and no sentence of a report is."""

import pytest

from newscrawl.item import Block
from newscrawl.reading import lines

FURNITURE = [
    "Join our WhatsApp channel for the latest news", "👉 Follow us on Telegram", "3 min read", "1,245 views", "Print this page",
    "Your email address will not be published. Required fields are marked *",
    "اقرأ/ي أيضاً: عودة الصيادين إلى الميناء", "قد يهمك أيضاً: العاصفة تغلق الميناء", "للاشتراك في قناتنا على التلغرام اضغط هنا",
    "مدة القراءة: 3 دقائق", "عدد المشاهدات: 1245", "كلمات مفتاحية: طرطوس، أرواد",
    "WhatsApp kanalımıza katılın", "İLGİLİ HABER: Fırtına limanı kapattı", "Okuma süresi: 3 dakika", "Haberi paylaş",
    "Herwiha bixwîne: Bahozê bender girt", "Parve bike", "هەروەها بخوێنەوە: زریان بەندەری داخست", "بابەتی پەیوەندیدار",
    "به کانال تلگرام ما بپیوندید", "زمان مطالعه: ۳ دقیقه", "برچسب‌ها: طرطوس، ارواد", "لینک کوتاه: https://demo.example/x",
    "Подпишитесь на наш Telegram-канал", "Просмотров: 1245", "Нашли опечатку? Выделите текст и нажмите Ctrl+Enter", "Поділитися",
    "Lee también: La tormenta cierra el puerto", "Únete a nuestro canal de WhatsApp", "Deja un comentario", "PUBLICIDAD",
    "Lire également : La tempête ferme le port", "Temps de lecture : 3 minutes", "Veja também: Tempestade fecha o porto",
    "यह भी पढ़ें: तूफ़ान से बंदरगाह बंद", "हमारे व्हाट्सएप चैनल से जुड़ें", "BACA JUGA: Badai menutup pelabuhan",
    "Gabung di saluran WhatsApp kami", "یہ بھی پڑھیں: طوفان سے بندرگاہ بند", "相关阅读：风暴关闭港口", "Lesezeit: 3 Minuten",
    "Soma pia: Dhoruba yafunga bandari", "Akhri sidoo kale: Duufaan ayaa xirtay dekedda",
]  # fmt: skip
SENTENCES = [
    "The ministry asked officials to join our talks on WhatsApp groups, a witness recalled.",
    "Telegram said that it had closed the channel after two complaints.",
    "Readers spent three minutes on average, the study of 1,245 views found.",
    "Recommended doses were exceeded at two plants, inspectors wrote.",
    "Follow the money, the prosecutor told the court on Monday.",
    "Credit cards worked again by noon, the bank said.",
    "قال متحدث إن قناة تلغرام أغلقت بعد شكاوى من السكان.",
    "Bakanlık, WhatsApp kullanımının okullarda yasaklandığını açıkladı.",
    "Telegram заблокировал канал после жалоб жителей, сообщила компания.",
    "WhatsApp anunció que cambiará sus reglas en marzo.",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_told(line: str) -> None:
    """A line as outlets print it in or under a text is told, without any mark of the page's own."""
    assert [place for place, _ in lines.unwanted([Block("paragraph", line)], headlines=(), authors=())] == [0]


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_stay(line: str) -> None:
    """A sentence of a report that has the same words stays."""
    assert not list(lines.unwanted([Block("paragraph", line)], headlines=(), authors=()))
