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

#[cfg(test)]
mod tests {
    use super::is_quantity;

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
