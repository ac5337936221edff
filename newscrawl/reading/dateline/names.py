"""Reporters who stand where an agency could: ``Lviv (Olha Koval) –``, ``ENCARNACIÓN (…, corresponsal).``"""

from __future__ import annotations

import re

from newscrawl.reading.words import fold

#: Given names of reporters in the languages whose papers set them in brackets; none is also an outlet's first word.
_GIVEN = """
abdul abdullah abdulrahman adam adrian agnes agnieszka ahmad ahmed alain alan alberto alejandra alejandro alessandro alex alexandre ali
alice alicia amina amir ana anas anastasia andre andrea andreas andrei andres andrew andrey andrzej angela anita anke ann anna anne annika
antoine anton antonio arben arjun asha asma astrid barbara beatriz ben bernard bernd björn bogdan boris brian camille carla carlos carmen carolina
caroline catherine cecilia charles christian christina christine christopher claire claudia clara cristian daniel daniela david deepak diego dieter
dmitri dmitry dominik dragan edgar eduardo elena elisa elisabeth elizabeth emeka emil emily emma emmanuel enrique eric erik ernesto esther eva
fabio fatima fatma felix fernanda fernando filip florian francesca francesco francisca francisco françois frank franz frida fritz gabriel gabriela
george georges gerhard giorgi giorgos giovanni giulia gonzalo grace guillermo gustavo hamza hannah hans hassan heike helen helena henri henrik hugo
hussein ibrahim ignacio igor inés ingrid irena irene irina isabel isabelle ivan ivana jaime jakub james jan jana jane javier jean jelena jens
jérôme jennifer jessica joan joana joão johan johanna john jonas jordi jorge josé josef joseph juan juana julia julie julien julio jürgen kamal karen
karim karin karl katarzyna kateryna katharina katja kevin khaled klaus kristina krzysztof lars laura lena leyla lisa lorena louis luca lucas lucia
luis luisa luka łukasz magdalena mahmoud manuel manuela marc marcin marco marcos marek margarita maria mariam mariana marie marina mario marko
markus marta martha martin martina maryam mateo mathias matteo matthias mauricio maurice max mehmet mercy michael michel michał miguel mihai mikhail
milan mohamed mohammad mohammed mónica monika moses mustafa mykola nadia natalia natalie natasha nicolas nicole nikola nikolai nina nino nora oksana
oleg oleh oleksandr olena olga olha oliver olivier omar oscar osman pablo paola patricia patrick paul paula paulo pavel pedro peter petra petr philip
philippe pierre piotr rachel rafael rahul rajesh ralf ramón raquel ravi rebecca reinhard ricardo richard rima robert roberto rosa roberta ruben ruth
salma samir samuel sandra sanjay sara sarah sebastian serge sergei sergey serhii silvia simon simone sofia sonia sophie stefan stefano stefanie stephan
stephen steven sunil susan susana susanne suresh svetlana sylvie tamara tanja tarek tatiana teresa tereza thierry thomas tobias tomás tomasz uwe valentina
sonam dorji tashi karma ugyen tshering pema dechen kinley chimi yangchen namgay jigme tenzin phuntsho rinzin thinley choki younten nima lhamo dema
valérie vera verónica victor victoria viktor vladimir volodymyr walter werner william wojciech yasmin youssef yulia yuri yusuf yves zeinab zoran
андрей александр алексей анна антон владимир дмитрий екатерина елена иван игорь ирина максим мария михаил наталья николай ольга павел сергей татьяна юлия
андрій олександр олексій володимир катерина олена іван ігор марія михайло наталія микола сергій юлія оксана тетяна дмитро
"""
_NAMES = frozenset(fold(name) for name in _GIVEN.split())
#: What a reporter is called behind the name, or whose.
_OFFICE = re.compile(
    r".*\b(?:corresponsal|correspondant|correspondante|correspondent|corrispondente|correspondente|korrespondent|korrespondentin|"
    r"envoyée? spéciale?|enviad[oa] especial|inviat[oa]|sonderkorrespondent|собкор|власкор|muhabiri?|reporter|dopisnik|wysłannik)\b.{0,25}|"
    r"(?:por|par|by|von|de notre|de nuestro|de nuestra|dal nostro|dalla nostra|do nosso|от нашего) .{3,50}",
    re.IGNORECASE,
)


#: What stands in the names of towns, camps and islands that no gazetteer has.
_SETTLED = re.compile(
    r"\b(?:CAMP|FORT|PORT|MOUNT|SAINT|ST\.?|SAN|SANTA|SANTO|NEW|NORTH|SOUTH|EAST|WEST|UPPER|LOWER|GREAT|BASE|AIR|NAVAL|STATION|VILLAGE|TOWN|CITY|ISLANDS?|BAY|BEACH|"
    r"LAKE|RIVER|VALLEY|HILLS?|SPRINGS|FALLS|CREEK|CROSSING|HARBOU?R|POINT|ROCK|PASS|CAPE|GLACIER|RESERVE|PARK|NATIONAL|FOREST|DESERT|KAMPUNG|BAN|NIZHNY|VELYKA|TELL?|KFAR|KHAN|DEIR|BEIT|AL|EL|"
    r"LES?|LA|LAS|LOS|VILA|VILLA|PUERTO|PUNTA|NUEVA|CERRO|CIUDAD|BAD|SUR|NORD|SUD)\b"
)


def could_be_town(text: str) -> bool:
    """Could this be a town that no table has, where the country follows: one word, or one that towns are called by?

    >>> could_be_town("CAMP HUMPHREYS"), could_be_town("KALOKOL"), could_be_town("HARRY KANE")
    (True, True, False)
    """
    return (
        text.isupper()
        and fold(text) not in _NAMES
        and len(text) > 3
        and (" " not in text or bool(_SETTLED.search(text)))
    )


def is_reporter(text: str) -> bool:
    """Is this a reporter, by the office or by a given name before another?

    >>> is_reporter("Rosa Benítez, corresponsal"), is_reporter("Pedro Gómez"), is_reporter("Enab Baladi")
    (True, True, False)
    """
    if _OFFICE.fullmatch(text):
        return True
    words = text.split()
    return 2 <= len(words) <= 4 and fold(words[0]) in _NAMES and all(word[0].isupper() for word in words)
