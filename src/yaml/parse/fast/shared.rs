//! Texts that come again and again, as the keys of labels do, are kept once.

use crate::source::Str;

/// How many texts are remembered: about as many as there are long words in the manifests of a mesh.
const PLACES: usize = 1024;

/// What fits into the value itself needs no memory of its own.
const SHORT: usize = 15;

/// The long texts seen last, each at a place that its bytes decide.
pub struct Shared(Vec<Str>);

impl Default for Shared {
    fn default() -> Self {
        Self(vec![Str::new(); PLACES])
    }
}

impl Shared {
    /// The text, shared with whoever had the same before.
    pub fn text(&mut self, text: &str) -> Str {
        if text.len() <= SHORT {
            return Str::from(text);
        }
        let slot = &mut self.0[place(text.as_bytes())];
        if slot.as_str() != text {
            *slot = Str::from(text);
        }
        slot.clone()
    }
}

/// Where a text is looked for: a mix of its length and of its first and last bytes, which is where names differ.
fn place(text: &[u8]) -> usize {
    let word = |bytes: &[u8]| bytes.iter().fold(0_u64, |sum, it| (sum << 8) | u64::from(*it));
    let (head, tail) = (word(&text[..8]), word(&text[text.len() - 8..]));
    let mixed = (head ^ tail.rotate_left(29) ^ text.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from(mixed >> 54).unwrap_or_default() % PLACES
}

#[cfg(test)]
mod tests {
    use crate::yaml::parse::fast::shared::Shared;

    #[test]
    fn a_long_text_that_comes_again_is_the_same_memory() {
        let mut shared = Shared::default();
        let first = shared.text("app.kubernetes.io/name");
        let other = shared.text("app.kubernetes.io/part-of");
        let again = shared.text("app.kubernetes.io/name");
        assert_eq!([first.as_str(), other.as_str()], ["app.kubernetes.io/name", "app.kubernetes.io/part-of"]);
        assert_eq!(first.as_ptr(), again.as_ptr());
    }
}
