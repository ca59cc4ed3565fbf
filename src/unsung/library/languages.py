"""Languages as files name them: `de`, `ger`, `deu` and `German` are one.

ISO 639-1, both kinds of ISO 639-2, and the English name, of languages that films are dubbed into.
"""

_ROWS = """
ar ara ara Arabic|bg bul bul Bulgarian|ca cat cat Catalan|cs ces cze Czech|cy cym wel Welsh
da dan dan Danish|de deu ger German|el ell gre Greek|en eng eng English|es spa spa Spanish
et est est Estonian|eu eus baq Basque|fa fas per Persian|fi fin fin Finnish|fr fra fre French
ga gle gle Irish|he heb heb Hebrew|hi hin hin Hindi|hr hrv hrv Croatian|hu hun hun Hungarian
hy hye arm Armenian|id ind ind Indonesian|is isl ice Icelandic|it ita ita Italian
ja jpn jpn Japanese|ka kat geo Georgian|ko kor kor Korean|lt lit lit Lithuanian
lv lav lav Latvian|ms msa may Malay|nl nld dut Dutch|no nor nor Norwegian|pl pol pol Polish
pt por por Portuguese|ro ron rum Romanian|ru rus rus Russian|sk slk slo Slovak
sl slv slv Slovenian|sq sqi alb Albanian|sr srp srp Serbian|sv swe swe Swedish|ta tam tam Tamil
te tel tel Telugu|th tha tha Thai|tr tur tur Turkish|uk ukr ukr Ukrainian|vi vie vie Vietnamese
zh zho chi Chinese
"""
_KNOWN = [row.split() for row in _ROWS.replace("\n", "|").split("|") if row]
_ENGLISH = {word.casefold(): names[3] for names in _KNOWN for word in names}


def language_name(tag: str) -> str:
    """`German` for `de`, `deu`, `ger`, `de-AT`; the tag itself where it is not known here.

    Empty where the tag says that nothing is said.
    """
    main = tag.strip().replace("_", "-").partition("-")[0].casefold()
    return "" if main in ("", "und", "mis", "zxx") else _ENGLISH.get(main, tag.strip())


def same_language(one: str, other: str) -> bool:
    """Whether two tags or names mean the same language."""
    return language_name(one).casefold() == language_name(other).casefold() != ""
