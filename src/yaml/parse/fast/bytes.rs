//! What each byte may be part of.

/// May begin a plain scalar, whatever follows.
pub const FIRST: u8 = 1;
/// Goes on a plain scalar outside of flow collections.
pub const BLOCK: u8 = 2;
/// Goes on a plain scalar inside of flow collections.
pub const FLOW: u8 = 4;
/// Stands for itself in double quotes.
pub const DOUBLE: u8 = 8;
/// Stands for itself in single quotes.
pub const SINGLE: u8 = 16;

/// Whether the byte is of the class.
pub fn is(byte: u8, class: u8) -> bool {
    CLASSES[byte as usize] & class != 0
}

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte: u8 = 0;
    loop {
        classes[byte as usize] = class(byte);
        if byte == 255 {
            return classes;
        }
        byte += 1;
    }
}

const fn class(byte: u8) -> u8 {
    match byte {
        0..=31 | 127 => 0,
        b',' | b'[' | b']' | b'{' | b'}' => BLOCK | DOUBLE | SINGLE,
        b':' | b'#' => DOUBLE | SINGLE,
        b'"' => BLOCK | FLOW | SINGLE,
        b'\\' => FIRST | BLOCK | FLOW | SINGLE,
        b'\'' => BLOCK | FLOW | DOUBLE,
        // Indicators; and the first byte of a byte order mark, which is no text at the start of a token.
        b' ' | b'!' | b'%' | b'&' | b'*' | b'-' | b'>' | b'?' | b'@' | b'`' | b'|' | 0xEF => {
            BLOCK | FLOW | DOUBLE | SINGLE
        }
        _ => FIRST | BLOCK | FLOW | DOUBLE | SINGLE,
    }
}
