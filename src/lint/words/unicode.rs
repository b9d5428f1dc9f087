//! The names of groups of characters in regular expressions.

/// What may stand in `[:…:]`.
pub const POSIX: [&str; 14] = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
    "upper", "word", "xdigit",
];

/// What Go 1.26 takes in `\p{…}`, from the tables of its package `unicode`. It takes no name of several words: it
/// folds what is written into one word, and its own table has them apart.
const GROUPS: &str = "
Adlam Ahom Any Arabic Armenian Ascii Assigned Avestan Balinese Bamum Batak Bengali Bhaiksuki Bopomofo
Brahmi Braille Buginese Buhid C Carian Casedletter Cc Cf Chakma Cham Cherokee Chorasmian
Closepunctuation Cn Cntrl Co Combiningmark Common Connectorpunctuation Control Coptic Cs Cuneiform
Currencysymbol Cypriot Cyrillic Dashpunctuation Decimalnumber Deseret Devanagari Digit Dogra Duployan
Elbasan Elymaic Enclosingmark Ethiopic Finalpunctuation Format Georgian Glagolitic Gothic Grantha Greek
Gujarati Gurmukhi Han Hangul Hanunoo Hatran Hebrew Hiragana Inherited Initialpunctuation Javanese Kaithi
Kannada Katakana Kawi Kharoshthi Khmer Khojki Khudawadi L Lao Latin Lc Lepcha Letter Letternumber Limbu
Lineseparator Lisu Ll Lm Lo Lowercaseletter Lt Lu Lycian Lydian M Mahajani Makasar Malayalam Mandaic
Manichaean Marchen Mark Mathsymbol Mc Me Medefaidrin Miao Mn Modi Modifierletter Modifiersymbol
Mongolian Mro Multani Myanmar N Nabataean Nandinagari Nd Newa Nko Nl No Nonspacingmark Number Nushu
Ogham Openpunctuation Oriya Osage Osmanya Other Otherletter Othernumber Otherpunctuation Othersymbol P
Palmyrene Paragraphseparator Pc Pd Pe Pf Phoenician Pi Po Privateuse Ps Punct Punctuation Rejang Runic S
Samaritan Saurashtra Sc Separator Sharada Shavian Siddham Sinhala Sk Sm So Sogdian Soyombo
Spaceseparator Spacingmark Sundanese Surrogate Symbol Syriac Tagalog Tagbanwa Takri Tamil Tangsa Tangut
Telugu Thaana Thai Tibetan Tifinagh Tirhuta Titlecaseletter Toto Ugaritic Unassigned Uppercaseletter Vai
Vithkuqi Wancho Yezidi Yi Z Zl Zp Zs
";

/// Whether Unicode has a group of a name: case, `_`, `-` and blanks do not count.
pub fn is_group(name: &str) -> bool {
    let bare: String = name.chars().filter(|it| !matches!(it, '_' | '-' | ' ')).collect();
    !bare.is_empty() && GROUPS.split_ascii_whitespace().any(|it| it.eq_ignore_ascii_case(&bare))
}
