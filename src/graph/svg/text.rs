//! Text in SVG: as wide as the widest common font makes it, and nothing but text.

/// The width of a text in pixels, rather too much than too little: which font there is nobody knows.
pub fn width(text: &str, size: i32, bold: bool) -> i32 {
    let sum: i32 = text.chars().map(hundredths).sum();
    let sum = if bold { sum + sum / 14 } else { sum };
    (sum * size + 99) / 100
}

/// Of the size of the font.
fn hundredths(it: char) -> i32 {
    match it {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 32,
        ' ' | 'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '/' | '-' | 'I' => 42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 96,
        'A'..='Z' | '&' => 70,
        _ if it.is_ascii() => 61,
        '\u{1100}'.. => 104,
        _ => 68,
    }
}

/// The text for content and attributes; what XML cannot hold becomes a replacement character.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\r' | '\t' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(it),
        }
    }
    out
}
