//! Numbers, sizes and findings as a person reads them.

/// Letters of a finding that are written out.
const MOST_LETTERS: usize = 300;

/// A sentence may name thousands of rounds; `drift library` writes it out.
pub(super) fn shortened(sentence: &str) -> String {
    match sentence.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => format!("{} …", &sentence[..end]),
        None => sentence.to_owned(),
    }
}

/// `812 B`, `12.3 kB`, `4.56 GB`: thousands, as file managers count.
pub(super) fn bytes(count: u64) -> String {
    let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let unit = units.iter().find(|(size, _)| count as f64 >= *size);
    unit.map_or_else(
        || format!("{count} B"),
        |(size, name)| format!("{:.1} {name}", count as f64 / size),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_findings_are_cut_between_letters() {
        let long = "é".repeat(MOST_LETTERS + 1);
        assert_eq!(shortened(&long), "é".repeat(MOST_LETTERS) + " …");
        assert_eq!(shortened("short"), "short");
    }

    #[test]
    fn sizes_can_be_read() {
        assert_eq!(
            [12, 1_500, 2_000_000, 3_210_000_000].map(bytes),
            ["12 B", "1.5 kB", "2.0 MB", "3.2 GB"]
        );
    }
}
