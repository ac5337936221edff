"""Month names by language, digits of every script, and text in a form for comparing."""

from __future__ import annotations

import re
import unicodedata

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
#: Months of the Solar Hijri calendar.
JALALI: dict[str, int] = {name: number for number, name in enumerate(_JALALI.split(), 1)}


def fold(text: str) -> str:
    """Fold case, accents of Arabic script, and digits, for comparing words; not for storing.

    >>> fold("ŞUBAT ٢٣ آب")
    'şubat 23 اب'
    """
    text = unicodedata.normalize("NFKC", text).casefold().replace("i̇", "i")
    text = re.sub("[ً-ْٰـ​-‏⁠﻿]", "", text)
    text = text.translate(_ARABIC)
    return digits(text)


_ARABIC = str.maketrans("أإآٱىيكةۀ", "ااااییکهه")


def digits(text: str) -> str:
    """Turn decimal digits of every script into ASCII ones.

    >>> digits("٢٠٢٦/۱۱/२३")
    '2026/11/23'
    """
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(letter)) if letter.isdecimal() and letter > "9" else letter for letter in text)


for _line in _NAMES.strip().splitlines():
    for _number, _name in enumerate(_line.split(), 1):
        if _name != "_":
            MONTHS.setdefault(fold(_name), _number)
MONTHS.update({fold(name): number for name, number in _MORE.items()})
JALALI = {fold(name): number for name, number in JALALI.items()}
