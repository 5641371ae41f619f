//! Watched folders in words.

use crate::sync::{SourceStatus, SourceView};

/// What a folder is doing: in a word, and why when it cannot.
pub fn status_words(status: &SourceStatus) -> (&'static str, Option<&str>) {
    match status {
        SourceStatus::Watching => ("Watching", None),
        SourceStatus::Scanning => ("Scanning…", None),
        SourceStatus::Paused => ("Paused", None),
        SourceStatus::Unreachable(why) => ("Cannot be read", Some(why)),
    }
}

/// `Scanned 2 min ago, next in 3 min`
pub fn scan_words(view: &SourceView, now_unix: i64) -> String {
    let last = match view.last_scan_unix {
        Some(last) => format!("Scanned {}", ago(now_unix - last)),
        None => "Not scanned yet".to_owned(),
    };
    match view.next_scan_unix {
        Some(next) => format!("{last}, next {}", ahead(next - now_unix)),
        None => last,
    }
}

fn ago(seconds: i64) -> String {
    match seconds {
        ..5 => "just now".to_owned(),
        seconds => format!("{} ago", amount(seconds)),
    }
}

fn ahead(seconds: i64) -> String {
    match seconds {
        ..5 => "now".to_owned(),
        seconds => format!("in {}", amount(seconds)),
    }
}

/// Rounded down: `45 s`, `3 min`, `2 h`, `5 days`.
fn amount(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// The text with its middle left out so that `fits` takes it: of a path the beginning tells the disk and the end what it is.
pub fn elided_middle(text: &str, fits: impl Fn(&str) -> bool) -> String {
    if fits(text) {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let kept = |count: usize| {
        // The end tells more.
        let head = count / 3;
        let start: String = letters[..head].iter().collect();
        let end: String = letters[letters.len() - (count - head)..].iter().collect();
        format!("{start}…{end}")
    };
    let (mut low, mut high) = (1, letters.len().max(2) - 1);
    while low < high {
        let middle = (low + high).div_ceil(2);
        if fits(&kept(middle)) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    kept(low.min(letters.len()))
}

/// The time of day, seconds since 1970: for those who show how long ago something was.
pub fn unix_now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::WatchedFolder;

    #[test]
    fn scans_are_told_from_now() {
        let mut view = SourceView {
            folder: WatchedFolder {
                id: 1,
                path: "/srv/rounds".into(),
                is_paused: false,
                opens_newest: false,
                polls: false,
            },
            status: SourceStatus::Watching,
            last_scan_unix: Some(1_000),
            next_scan_unix: Some(1_300),
            new: 0,
            known: 0,
            failed: 0,
            remark: None,
        };
        assert_eq!(scan_words(&view, 1_125), "Scanned 2 min ago, next in 2 min");
        assert_eq!(scan_words(&view, 1_299), "Scanned 4 min ago, next now");
        view.next_scan_unix = None;
        assert_eq!(scan_words(&view, 9_000), "Scanned 2 h ago");
        assert_eq!(scan_words(&view, 1_001), "Scanned just now");
        view.last_scan_unix = None;
        assert_eq!(scan_words(&view, 0), "Not scanned yet");
    }

    #[test]
    fn paths_lose_their_middle() {
        let fits = |limit: usize| move |text: &str| text.chars().count() <= limit;
        assert_eq!(elided_middle("/srv/rounds", fits(20)), "/srv/rounds");
        assert_eq!(
            elided_middle("/srv/games/et/rounds", fits(10)),
            "/sr…rounds"
        );
        assert_eq!(elided_middle("äöü", fits(2)), "…ü");
        assert_eq!(elided_middle("", fits(0)), "");
    }
}
