"""Month names by language, digits of every script, and text in a form for comparing."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

#: Names of the months, January first, as newsrooms write them; abbreviations are prefixes of at least three letters
#: and are listed only where they are not.
MONTHS: dict[str, int] = {}
_NAMES = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
_ _ _ _ _ _ _ _ sept _ _ _
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janv févr _ avr _ _ juil aou _ _ _ déc
januar februar märz april mai juni juli august september oktober november dezember
jänner feber mrz _ _ _ _ _ _ okt _ dez
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene _ _ abr _ _ _ ago setiembre _ _ dic
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
_ fev _ _ _ _ _ _ set out _ dez
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen _ _ _ mag giu lug _ _ ott _ _
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januari februari maret april mei juni juli agustus september oktober november desember
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr
çile sibat adar nîsan gulan hezîran tîrmeh tebax îlon cotmeh mijdar berfanbar
rêbendan reşemî avdar avrêl gulan pûşper tîrmeh gelawêj rezber kewçêr sermawez befranbar
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
ledna února března dubna května června července srpna září října listopadu prosince
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
január február március április május június július augusztus szeptember október november december
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
januar februar mars april mai juni juli august september oktober november desember
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
янв фев мар апр _ июн июл авг сен окт ноя дек
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
януари февруари март април май юни юли август септември октомври ноември декември
јануар фебруар март април мај јун јул август септембар октобар новембар децембар
qaңtar aqpan naurız säuir mamır mausım şilde tamız qırküiek qazan qaraşa jeltoqsan
қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
ιαν φεβ μαρ απρ μαϊ ιουν ιουλ αυγ σεπ οκτ νοε δεκ
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
_ _ آذار نيسان أيار حزيران تموز آب أيلول _ _ _
يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر
جانفي فيفري _ أفريل ماي جوان جويلية أوت _ _ _ _
ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
_ _ _ _ می _ جولای آگوست _ _ _ _
جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
_ شوبات ئازار نیسان ئایار حوزەیران تەمووز ئاب ئەیلوول _ _ _
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
_ फ़रवरी _ _ _ _ _ _ सितम्बर अक्तूबर नवम्बर दिसम्बर
জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი
januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
januar februar mart april maj jun jul avgust septembar oktobar novembar decembar
januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra
siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca
јануари февруари март април мај јуни јули август септември октомври ноември декември
јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра
студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня
sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī
jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
janeiru fevereiru marsu abríl maiu juñu jullu agostu setembru outubru novembru dezembru
janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor
Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember
Januari Februari Machi Aprili Mei Juni Julai Agosti Septemba Oktoba Novemba Desemba
Enero Pebrero Marso Abril Mayo Hunyo Hulyo Agosto Setyembre Oktubre Nobyembre Disyembre
yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr
январ феврал март апрел май июн июл август сентябр октябр ноябр декабр
ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ
ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்
జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జులై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్
ജനുവരി ഫെബ്രുവരി മാർച്ച് ഏപ്രിൽ മേയ് ജൂൺ ജൂലൈ ഓഗസ്റ്റ് സെപ്റ്റംബർ ഒക്ടോബർ നവംബർ ഡിസംബർ
ಜನವರಿ ಫೆಬ್ರವರಿ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್ ಸೆಪ್ಟೆಂಬರ್ ಅಕ್ಟೋಬರ್ ನವೆಂಬರ್ ಡಿಸೆಂಬರ್
જાન્યુઆરી ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઑગસ્ટ સપ્ટેમ્બર ઑક્ટોબર નવેમ્બર ડિસેમ્બર
ਜਨਵਰੀ ਫਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾਈ ਅਗਸਤ ਸਤੰਬਰ ਅਕਤੂਬਰ ਨਵੰਬਰ ਦਸੰਬਰ
जनवरी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर
ม.ค ก.พ มี.ค เม.ย พ.ค มิ.ย ก.ค ส.ค ก.ย ต.ค พ.ย ธ.ค
იანვარს თებერვალს მარტს აპრილს მაისს ივნისს ივლისს აგვისტოს სექტემბერს ოქტომბერს ნოემბერს დეკემბერს
ጥሪ ለካቲት _ _ _ ሰነ ሓምለ ነሓሰ _ ጥቅምቲ ሕዳር ታሕሳስ
հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի
"""
#: Two-word names of the Levant and of Sorani, and what else can't stand in a list of single words.
_MORE = {
    "كانون الثاني": 1, "شباط": 2, "تشرين الأول": 10, "تشرين الاول": 10, "تشرين الثاني": 11, "كانون الأول": 12,
    "كانون الاول": 12, "کانوونی دووەم": 1, "کانونی دووەم": 1, "تشرینی یەکەم": 10, "تشرینی دووەم": 11,
    "کانوونی یەکەم": 12, "کانونی یەکەم": 12, "çileya paşîn": 1, "çirî": 10, "çiriya pêşîn": 10, "çiriya paşîn": 11,
    "kanûna paşîn": 1, "kanûna pêşîn": 12, "kanûn": 12, "نيسان": 4, "اکتوبر": 10,
}  # fmt: skip

_JALALI = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
#: The same months as Afghanistan names them.
_AFGHAN = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت"
_PASHTO = "وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب"
#: Months of the Solar Hijri calendar.
JALALI: dict[str, int] = {
    name: number for names in (_JALALI, _AFGHAN, _PASHTO) for number, name in enumerate(names.split(), 1)
}
#: Months of the Ethiopian calendar, thirty days each but the last.
ETHIOPIAN: dict[str, int] = {
    name: number
    for names in ("መስከረም ጥቅምት ኅዳር ታኅሣሥ ጥር የካቲት መጋቢት ሚያዝያ ግንቦት ሰኔ ሐምሌ ነሐሴ ጳጉሜ", "_ _ ህዳር ታህሳስ _ _ _ ሚያዚያ _ _ _ _ ጳጉሜን")
    for number, name in enumerate(names.split(), 1)
    if name != "_"
}
#: Months of calendars whose days only a table or an observatory tells: Hijri and Bikram Sambat.
OTHER_MONTHS = frozenset(
    [
        "muharram",
        "safar",
        "rabi",
        "jumada",
        "rajab",
        "shaban",
        "sha'ban",
        "ramadan",
        "shawwal",
        "dhu",
        "dhul",
        "محرم",
        "صفر",
        "ربيع",
        "جمادى",
        "رجب",
        "شعبان",
        "رمضان",
        "شوال",
        "ذو",
        "वैशाख",
        "बैशाख",
        "जेठ",
        "असार",
        "साउन",
        "भदौ",
        "असोज",
        "कात्तिक",
        "कार्तिक",
        "मंसिर",
        "मङ्सिर",
        "पौष",
        "भाद्र",
        "आश्विन",
        "श्रावण",
        "साउन",
        "फाल्गुन",
        "चैत्र",
        "पुस",
        "माघ",
        "फागुन",
        "फाल्गुन",
        "मङ्सिर",
        "पौष",
        "आषाढ",
        "श्रावण",
        "भाद्र",
        "आश्विन",
        "चैत्र",
        "जेष्ठ",
        "ज्येष्ठ",
        "चैत",
        "বৈশাখ",
        "জ্যৈষ্ঠ",
        "আষাঢ়",
        "শ্রাবণ",
        "ভাদ্র",
        "আশ্বিন",
        "কার্তিক",
        "অগ্রহায়ণ",
        "পৌষ",
        "মাঘ",
        "ফাল্গুন",
        "চৈত্র",
    ]
)


def fold(text: str) -> str:
    """Fold case, accents of Arabic script, and digits, for comparing words; not for storing.

    >>> fold("ŞUBAT ٢٣ آب")
    'şubat 23 اب'
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold().replace("i̇", "i")
    text = re.sub("[ً-ْٰـ​-‏⁠﻿]", "", text)
    text = text.translate(_ARABIC)
    return digits(text)


def unaccented(text: str) -> str:
    """Leave out the accents of Latin, Greek and Cyrillic letters."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", text) if not "\u0300" <= letter <= "\u036f")
    return unicodedata.normalize("NFC", plain)


_ARABIC = str.maketrans("أإآٱىيكةۀ", "ااااییکهه")


def digits(text: str) -> str:
    """Turn decimal digits of every script into ASCII ones.

    >>> digits("٢٠٢٦/۱۱/२३")
    '2026/11/23'
    """
    return text if text.isascii() else _DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), text)


#: A decimal digit of any script but ASCII's.
_DIGIT = re.compile(r"[^\D0-9]")
for _line in _NAMES.strip().splitlines():
    for _number, _name in enumerate(_line.split(), 1):
        if _name != "_":
            MONTHS.setdefault(fold(_name), _number)
            MONTHS.setdefault(unaccented(fold(_name)), _number)  # Greek capitals have no accents
MONTHS.update({fold(name): number for name, number in _MORE.items()})
JALALI = {fold(name): number for name, number in JALALI.items()}
#: Days of the week in the languages of the news, folded.
DAYS: set[str] = set()
for _line in (Path(__file__).parent / "data" / "calendar.txt").read_text(encoding="utf-8").splitlines():
    _name, _, _month = _line.partition("|")
    if _month and _name not in JALALI and _name not in ETHIOPIAN:
        MONTHS.setdefault(_name, int(_month))
    elif not _month:
        DAYS.add(_name)
