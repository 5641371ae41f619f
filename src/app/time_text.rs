//! Times as people read and write them: `m:ss.mmm` on the file's own clock.

/// `m:ss.mmm`; minutes are not carried over into hours, so that all times of a round look alike.
pub fn clock(ms: i64) -> String {
    let (sign, ms) = split_sign(ms);
    format!(
        "{sign}{}:{:02}.{:03}",
        ms / 60_000,
        ms / 1000 % 60,
        ms % 1000
    )
}

/// `m:ss`, rounded down.
pub fn short(ms: i64) -> String {
    let (sign, ms) = split_sign(ms);
    format!("{sign}{}:{:02}", ms / 60_000, ms / 1000 % 60)
}

/// A span in words that fit a narrow column: `4.2 s`, `38 s`, `2:05`.
pub fn span(ms: i64) -> String {
    match ms.max(0) {
        ms @ ..10_000 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        ms @ ..60_000 => format!("{} s", ms / 1000),
        ms => short(ms),
    }
}

fn split_sign(ms: i64) -> (&'static str, u64) {
    (if ms < 0 { "-" } else { "" }, ms.unsigned_abs())
}

/// Reads a typed time: `2:05`, `2:05.5`, `-0:03`, `1:02:03` (hours) or plain seconds such as `125` and `125.25`. `None` for anything else.
pub fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut parts: Vec<&str> = text.split(':').collect();
    let seconds = seconds_in_ms(parts.pop()?)?;
    if parts.len() > 2 || (!parts.is_empty() && seconds >= 60_000) {
        return None;
    }
    let whole = parts.iter().try_fold(0_i64, |total, part| {
        total.checked_mul(60)?.checked_add(digits(part)?)
    })?;
    let ms = whole.checked_mul(60_000)?.checked_add(seconds)?;
    Some(if negative { -ms } else { ms })
}

fn digits(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// `5`, `5.25`: whole seconds and at most three decimals that count.
fn seconds_in_ms(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    digits(whole)?
        .checked_mul(1000)?
        .checked_add(digits(&fraction)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_alike() {
        assert_eq!(clock(0), "0:00.000");
        assert_eq!(clock(125_250), "2:05.250");
        assert_eq!(clock(-3_004), "-0:03.004");
        assert_eq!(clock(3_723_000), "62:03.000");
        assert_eq!(short(723_999), "12:03");
        assert_eq!(clock(i64::MIN).len(), "-153722867280912:55.808".len());
    }

    #[test]
    fn spans_stay_short() {
        assert_eq!(span(4_260), "4.2 s");
        assert_eq!(span(38_900), "38 s");
        assert_eq!(span(125_000), "2:05");
        assert_eq!(span(-5), "0.0 s");
    }

    #[test]
    fn typed_times_are_understood() {
        for (text, ms) in [
            ("2:05", 125_000),
            (" 2:05.5 ", 125_500),
            ("125", 125_000),
            ("125.25", 125_250),
            ("-0:03", -3_000),
            ("1:02:03", 3_723_000),
            ("0:00.0019", 1),
        ] {
            assert_eq!(parse(text), Some(ms), "{text}");
        }
        for text in [
            "",
            "x",
            "1:",
            ":5",
            "1:75",
            "1:2:3:4",
            "--1",
            "1.5:00",
            "1e3",
            "99999999999999999999",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_written_can_be_typed() {
        for ms in [0, 1, 999, 59_999, 60_000, 723_456, -3_004] {
            assert_eq!(parse(&clock(ms)), Some(ms));
        }
    }
}
