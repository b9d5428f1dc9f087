//! Quantities of Kubernetes: `100m`, `1.5Gi`, `2e3`.

/// Whether a text is a quantity. A sign, digits with at most one point, and a unit or an exponent.
pub fn is_quantity(text: &str) -> bool {
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    let end = bare.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(bare.len());
    let (number, unit) = bare.split_at(end);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && number.len() - digits <= 1 && is_unit(unit)
}

fn is_unit(unit: &str) -> bool {
    match unit {
        "" | "n" | "u" | "m" | "k" | "M" | "G" | "T" | "P" | "E" | "Ki" | "Mi" | "Gi" | "Ti" | "Pi"
        | "Ei" => true,
        _ => unit.strip_prefix(['e', 'E']).is_some_and(|exponent| {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())
        }),
    }
}

/// The amount of a quantity, near enough to compare; `None` if it is none.
pub fn amount(text: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 15] = [
        ("n", 1e-9),
        ("u", 1e-6),
        ("m", 1e-3),
        ("k", 1e3),
        ("M", 1e6),
        ("G", 1e9),
        ("T", 1e12),
        ("P", 1e15),
        ("E", 1e18),
        ("Ki", 1024.0),
        ("Mi", 1_048_576.0),
        ("Gi", 1_073_741_824.0),
        ("Ti", 1_099_511_627_776.0),
        ("Pi", 1_125_899_906_842_624.0),
        ("Ei", 1_152_921_504_606_846_976.0),
    ];
    let unit = UNITS.iter().filter(|it| text.ends_with(it.0)).max_by_key(|it| it.0.len());
    let (number, factor) = unit.map_or((text, 1.0), |it| (&text[..text.len() - it.0.len()], it.1));
    is_quantity(text).then(|| number.parse::<f64>().ok()).flatten().map(|it| it * factor)
}

#[cfg(test)]
mod tests {
    use super::{amount, is_quantity};

    #[test]
    fn amounts_are_compared_across_units() {
        assert!(amount("1") > amount("999m"));
        assert!(amount("1Gi") > amount("1G"));
        assert_eq!(amount("1024Mi"), amount("1Gi"));
        assert_eq!(amount("2e3"), amount("2k"));
        assert_eq!(amount("x"), None);
    }

    #[test]
    fn a_quantity_is_a_number_with_a_unit() {
        for text in ["1", "100m", "1.5Gi", ".5", "1.", "2e3", "1E", "-1", "+1k", "12E-3"] {
            assert!(is_quantity(text), "{text}");
        }
        for text in ["", "m", "1g", "1 Gi", "1.2.3", "1GiB", "1MB", "0x10", "1e", "--1", "1K"] {
            assert!(!is_quantity(text), "{text}");
        }
    }
}
