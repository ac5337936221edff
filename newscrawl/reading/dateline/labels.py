"""Words that stand before a dash and are no places: labels of newsrooms, in many languages."""

from __future__ import annotations

import re

from newscrawl.reading.words import fold

#: Labels in forty languages; a hyphen stands for a space.
_WORDS = """
breaking breaking-news exclusive correction corrected update updated file file-photo watch video live opinion
analysis interview feature review explainer factbox fact-check timeline profile obituary editorial comment column
podcast gallery photos photo in-pictures special-report report investigation commentary sponsored advertorial q&a
faq poll quiz urgent alert just-in developing wrap preview recap roundup highlights newsletter letter blog insight
eilmeldung exklusiv kommentar analyse liveticker korrektur meinung reportage vidéo exclusif direct tribune édito
enquête portrait dossier témoignage última-hora urgente exclusiva opinión análisis entrevista en-vivo ao-vivo
exclusivo opinião análise vídeo ultim'ora esclusiva l'intervista l'analisi diretta aggiornamento son-dakika görüntülü görüntülü-haber fotoğraflı dosya özel
özel-haber haber röportaj analiz görüş canlı güncelleme flaş срочно эксклюзив видео фото интервью мнение обновлено
репортаж онлайн молния терміново ексклюзив відео عاجل خاص حصري فيديو بالفيديو بالصور تحديث رأي تحليل مقابلة تقرير
مباشر فوری اختصاصی ویدیو گزارش تحلیل یادداشت مصاحبه بەپەلە تایبەت ڤیدیۆ هەواڵ raporek taybet lezgîn nûçe 快讯 独家 视频 评论
速報 独自 動画 단독 속보 영상 종합 인터뷰 בלעדי מבזק וידאו פרשנות ब्रेकिंग ब्रेकिंग-न्यूज़ एक्सक्लूसिव वीडियो berita eksklusif
terkini opini
"""
#: Sections of a newspaper, which headings name before a dash; Wetter is a town, too.
_SECTIONS = """
price prices cost costs date note venue where when who what how why size weight colour color location address phone

weather wetter météo clima tempo meteo hava hava-durumu погода طقس الطقس cuaca 天气 天気 날씨 मौसम vreme väder vejret deportes esporte
esportes calcio futbol fútbol futebol football spor спорт رياضة ورزش وەرزش werziş 体育 スポーツ 스포츠 खेल olahraga economy business wirtschaft
économie economía economia ekonomi экономика اقتصاد ئابووری 经济 経済 경제 politics politik politique política politica siyaset политика سياسة
سیاست 政治 정치 culture kultur cultura kültür культура ثقافة فرهنگ health gesundheit santé salud saúde salute sağlık здоровье صحة
infographic إنفوغراف انفوغراف
"""
#: Initials and menu words that small towns are also called.
_NO_TOWNS = """
un eu us uk nato who imf g7 g20 opec fifa uefa nba nfl ioc ceo ai tv menu home world news sport sports wideo βίντεο
hevpeyvîn گفتگو
"""
#: Parties, leagues, bodies and forces, which stand behind a town as an agency does.
_BODIES = """
cdu csu spd fdp afd övp spö fpö psoe pp vox pd fdi m5s akp chp mhp hdp dem pkk pyd ypg ypj sdf hts iyi bjp inc aap tmc anc da eff pti pml-n
ppp jui labour tories gop nhl mlb mls nba wnba uefa caf afcon concacaf fia atp wta nasa esa cern mit who unicef unhcr unesco wfp fao iaea
icc icj idf irgc fbi cia fsb opec asean ecowas sadc oecd wto bbc-sport psg rb vfb fc hsv bvb
"""
#: Clubs that are called as a town is somewhere, and never the place of a report when they stand alone.
_CLUBS = frozenset(
    re.findall(
        r"\S+",
        """atalanta juventus everton fulham arsenal benfica feyenoord sampdoria fiorentina lazio palmeiras flamengo fluminense corinthians cruzeiro
    botafogo galatasaray fenerbahçe panathinaikos olympiakos olympiacos apoel spartak lokomotiv shakhtar partizan steaua persija
    persib ajax celtic rangers osasuna espanyol rayo sassuolo udinese salernitana unicaja
    schalke hertha werder vitesse heracles excelsior slavia""",
    )
)
_LABELS = frozenset(
    fold(form) for word in (_WORDS + _SECTIONS + _NO_TOWNS).split() for form in (word, word.replace("-", " "))
)
#: Towns whose names are also a person's or an ordinary word: alone before a dash, the town is the less likely.
_NAMES = """
nancy mercedes lincoln florence victoria charlotte jordan madison jackson austin dallas houston denver clinton
washington jefferson franklin douglas diana elizabeth alexandria santiago san-diego lourdes carmen dolores angelica
sofia valencia aurora helena regina adelaide alice georgia chelsea brooklyn savannah dakota kingston logan mason tyler
kent wayne nelson wellington warwick bruce leo max otto karl ernst bernd emma anna maria marie lucia martina carolina
mariana natal salvador leon león cristina martin marion louise geneviève hermann ludwig roman oliver peter paul james
essen halle hof bergen mobile most split nice reading bath orange sale tours lens male deal hull cork barking rugby
crew flint eagle buffalo phoenix independence union liberty concord hope enterprise normal defiance surprise bar ham
mon laval orange ajax sparta everton fulham arsenal juventus sporting barca roma-lazio real como bari pau toul sens
ales condom corps gap die aube besten rennes haag melk wien-energie best oss ede goes den berg mark linden lage werl
ville nord ost süd west trier soest baden orel орёл белый мир победа свободный волга полярный каменка ирбит победа
"""
_PEOPLE = frozenset(fold(word) for word in _NAMES.split())
_NO_AGENCIES = frozenset(fold(word) for word in _BODIES.split())
_CHROME = re.compile(
    r"(?:published|updated|last updated|posted|first published|created|date|time|views?|reads?|by|written by|laporan|reportage de|texto|photo|photos|image|picture|file|source|share|listen|"
    r"foto|fotos|fotoğraf|fotoğraflar|wêne|фото|صورة|الصورة|تصوير|عکس|وێنە|veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|"
    r"yayınlanma|güncelleme|опубликовано|обновлено|نشر|نُشر|تاريخ النشر|آخر تحديث|المشاهدات|عدد المشاهدات|تاریخ انتشار|کد خبر|بازدید|بقلم|كتب|كتبت|إعداد|نووسینی|amadekar|von|par|por|di|yazan|haber|автор|текст)\b\s*[:：.]?",
    re.IGNORECASE,
)
#: Words for a picture, before whose colon or stroke no place of a report stands: Fot. PAP, Fotó: MTI, ภาพ: เอพี.
_PICTURED = r"""
photos? images? pictures? pics? credits? fotos? fotoğraf(?:lar)? bild(?:er)? wêne фото صورة الصورة صور تصوير عکس وێنە 图(?:片)?(?:来源)? 圖(?:片)?(?:來源)? 照片 写真提供
عکاس عكاس المصور 写真 사진 चित्र फोटो צילום crédits?(?:\sphotos?)? imagen imagem immagine fotografías? fotografias? fotografi[ae] fotografij[ae] afbeelding beeld billede bilde mynd
fotó zdjęci[ea] φωτο(?:γραφί(?:α|ες))? nuotrauk(?:a|os) (?:valo)?kuvat? slik[ae] снимк[аи] фотографи[яи] світлина фота imatge argazkia ảnh hình(?:\sảnh)? ภาพ(?:ถ่าย)? ຮູບ(?:ພາບ)? រូប(?:ភាព|ថត)?
ဓာတ်ပုံ gambar larawan picha hoto sawir ፎቶ ስእሊ ფოტო սուրատ լուսանկար(?:ը)? şəkil surat rasm сүрөт сурет тасвир акс зураг ছবি ছবিঃ તસવીર ਤਸਵੀਰ ఫోటో படம் ಚಿತ್ರ ചിത്രം ඡායාරූප
तस्वीर تصویر تصاویر انځور ತಸವೀರು ফটো ଫଟୋ
"""
_PICTURE = re.compile(
    rf"[\[(（]?\s*(?:{'|'.join(_PICTURED.split())})(?:\s+(?:credits?|by|courtesy(?: of)?|source))?\s*[:：=/|©].{{0,100}}|"
    r"(?:fot|fotogr|phot?|pic|φωτ|фот|nuotr|zdj)\.\s?[^.!?]{2,40}|(?:published|updated|last updated|posted|veröffentlicht|publié|publicado|نشر|تاريخ النشر|опубликовано)\b.{0,8}[:：].*",
    re.IGNORECASE,
)
#: A byline that names no person: Excelsior Correspondent, Staff Reporter, Bureau report.
_DESK = re.compile(r"[\w.&' -]{2,40} (?:correspondent|reporter|bureau|desk|report|staff|service)s?\.?", re.IGNORECASE)
#: Our own correspondent, in the languages whose papers begin so.
_REPORTERS = (
    "संवाददाता", "प्रतिनिधि", "प्रतिनिधी", "वार्ताहर", "बातमीदार", "সংবাদদাতা", "প্রতিনিধি", "প্রতিবেদক", "ప్రతినిధి", "విలేకరి",
    "செய்தியாளர்", "நிருபர்", "ಪ್ರತಿನಿಧಿ", "ലേഖകൻ", "പ്രതിനിധി", "પ્રતિનિધિ", "ਪੱਤਰ ਪ੍ਰੇਰਕ", "ପ୍ରତିନିଧି", "نامہ نگار", "رپورٹر", "نمائندہ", "وقائع نگار",
    "نیوز ڈیسک", "بیورو", "ब्यूरो", "ব্যুরো", "رپورٽر", "نمائندو", "Mwandishi Wetu", "мухбири", "muxbiri", "тілшісі", "ਬਿਊਰੋ", "બ્યુરો", "ബ്യൂറോ",
)  # fmt: skip
#: By and whose, with the paper behind: Na Asha Juma, Mwananchi.
_NAMED_BY = re.compile(
    r"(?:Na|Ni|Nga|Oleh|Door|Av|Autor)\s[A-ZÀ-Ý][\w'’.-]+(?:\s[A-ZÀ-Ý][\w'’.-]+){1,3}(?:,\s[\w .'’-]{2,30})?"
)
_SHARE = re.compile(
    r"(?:(?:facebook|twitter|x|whatsapp|telegram|messenger|e-?mail|print|share|tweet|copy link|linkedin|viber|pinterest|reddit|threads|فيسبوك|تويتر|واتساب|تلغرام|طباعة|شارك|مشاركة)[\s|,/·]*)+",
    re.IGNORECASE,
)
_MOMENT = re.compile(r"[\d\s/.,:،\-–|()]*(?:\d{4}|\d{1,2}[:.]\d{2})[\d\s/.,:،\-–|()APMapm]*")
_NEWSROOMS = """Navenda Nûçeyan, News Desk, Newsroom, News Room, Web Desk, Haber Merkezi, مركز الأخبار, مركز الاخبار,
ناوەندی هەواڵ, Nûçe, Redacción Central, Redacción, Redacción Internacional, Rédaction, La Rédaction, Redação, Da Redação,
Redazione, Redaktion, Redaksi, Redakcja, Редакция, هيئة التحرير, Headquarters, Staff Reporter, Our Correspondent, Staff Correspondent, نامہ نگار,
نمائندہ خصوصی, وكالات, الوكالات, Agencies, Agencias, Agences, Agenturen, Ajanslar, Агентства, סוכנויות הידיעות,
סוכנויות, יח"צ, יח״צ, דוברות, خبر ایجنسیاں, ایجنسیاں, एजेंसी, एजेंसियां, خاص, متابعات, خاص متابعات, تقرير خاص, News Center, News Centre, Ajansên Nûçeyan"""
#: What stands in an agency's place and names none, folded.
NEWSROOMS = frozenset(fold(name) for name in re.split(r",\s+", _NEWSROOMS))


def is_label(text: str) -> bool:
    """Is the text a label, such as BREAKING or عاجل, with or without a word or number after it?"""
    plain = fold(text).strip(" .:!-–")
    return plain in _LABELS or plain.split(" ")[0] in _LABELS or " ".join(plain.split()[:2]) in _LABELS


def is_body(text: str) -> bool:
    """Are these the initials of a party, league or body and of no agency?"""
    return fold(text) in _NO_AGENCIES


def is_word(text: str) -> bool:
    """Is the town's name as likely a person's, a club's or an ordinary word?"""
    return fold(text) in _PEOPLE


def is_club(text: str) -> bool:
    """Is this a club, when it stands alone before a dash?"""
    return text.casefold() in _CLUBS


def reporter_at(text: str) -> int:
    """Tell where "our correspondent" stands in a text, -1 if nowhere."""
    return next((text.find(word) for word in _REPORTERS if word in text), -1)


def is_chrome(line: str) -> bool:
    """Is the line one that pages set above an article's text: a byline, a date, a view counter, a picture credit?"""
    text = line.strip()
    if len(text) > 140:
        return False
    return (
        bool(_CHROME.match(text))
        or bool(_MOMENT.fullmatch(text))
        or "Last Updated" in text
        or _SHARE.fullmatch(text) is not None
        or _DESK.fullmatch(text) is not None
        or (len(text) < 40 and reporter_at(text) >= 0)
        or _NAMED_BY.fullmatch(text) is not None
        or re.search(r"\b(?:min read|views|dakika okuma|مشاهدة)\b", text) is not None
    )


def is_picture_agency(name: str) -> bool:
    """Is the agency known for pictures, so that its name alone is likely a picture's credit?"""
    return re.search(r"Images|Photo|Press ?photo|Picture", name) is not None


def is_picture_or_stamp(line: str) -> bool:
    """Is the line a picture's credit, or the stamp of when the page was published, whatever it names?"""
    return len(line) < 160 and _PICTURE.match(line) is not None
