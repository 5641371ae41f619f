//! Everything the list knows about a round, each line with its definition.

use super::words::{count, evening_title};
use crate::app::time_text::short;
use crate::library::catalogue::Entry;
use crate::model::NumberSource;

/// One line of what is known about a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// What it is.
    pub what: &'static str,
    /// What it is here.
    pub value: String,
    /// What that means and where it comes from.
    pub definition: &'static str,
}

/// Everything the list knows about a round.
pub fn about(entry: &Entry) -> Vec<About> {
    let mut lines = Vec::new();
    let mut say = |what, value: String, definition| {
        lines.push(About {
            what,
            value,
            definition,
        });
    };
    say("Round", number_words(entry), number_definition(entry));
    say(
        "Start",
        start_words(entry),
        "the server's local time; evenings are days of it",
    );
    say("Length", short(entry.length_ms), "on the round's own clock");
    say(
        "Kills",
        entry.kills.to_string(),
        "deaths caused by enemies: no self kills, no team kills",
    );
    say("Players", players_words(entry), "named in the file");
    say(
        "Tracker",
        entry.version.clone(),
        "version, told by the file's content",
    );
    say(
        "Cadence",
        format!("{} ms", entry.cadence_ms),
        "between samples: measured, else declared, else assumed",
    );
    let focus = if entry.has_objective_focus {
        "recorded"
    } else {
        "no rows"
    };
    say(
        "Objective focus",
        focus.to_owned(),
        "OBJECTIVE_FOCUS; no rows proves nothing",
    );
    let linked = if entry.is_linked {
        "linked"
    } else {
        "none found"
    };
    say(
        "Stats file",
        linked.to_owned(),
        "winner, limits and play time come from it",
    );
    say(
        "Problems",
        problems_words(entry),
        "what could not be read, or is doubtful",
    );
    if !entry.tags.is_empty() {
        say(
            "Tags",
            entry.tags.join(", "),
            "kept in the notebook; they outlive the round",
        );
    }
    lines
}

fn number_words(entry: &Entry) -> String {
    let disputed = if entry.is_number_disputed {
        ", disputed"
    } else {
        ""
    };
    format!("{}{disputed}", entry.number)
}

const fn number_definition(entry: &Entry) -> &'static str {
    match entry.number_source {
        NumberSource::Gametime => "of the match, by the gametime file of the same second",
        NumberSource::Filename => "of the match, by the file's name",
        NumberSource::Header => "of the match, by the header",
        NumberSource::Pairing => {
            "of the match, by the round that was played before or after it; its own sources say otherwise"
        }
        NumberSource::Default => "of the match: nothing says which, so 1 is assumed",
    }
}

fn start_words(entry: &Entry) -> String {
    let date = entry
        .date
        .as_ref()
        .map_or("no date".to_owned(), |date| evening_title(date));
    match &entry.local_time {
        Some(time) => format!("{date}, {time}"),
        None => date,
    }
}

fn players_words(entry: &Entry) -> String {
    let bots = match entry.bots {
        0 => String::new(),
        n => format!(", {} of them", count(n as usize, "bot", "bots")),
    };
    format!("{}{bots}", entry.players.len())
}

/// `2 errors, 1 warning`, `none`.
pub fn problems_words(entry: &Entry) -> String {
    let mut parts = Vec::new();
    if entry.errors > 0 {
        parts.push(count(entry.errors as usize, "error", "errors"));
    }
    if entry.warnings > 0 {
        parts.push(count(entry.warnings as usize, "warning", "warnings"));
    }
    if entry.is_cut {
        parts.push("the file ends too early".to_owned());
    }
    if parts.is_empty() {
        return "none".to_owned();
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::sample::entry;
    use super::*;

    #[test]
    fn everything_known_has_a_definition() {
        let about = about(&entry(1));
        assert!(about.len() >= 10);
        assert!(
            about
                .iter()
                .all(|line| !line.value.is_empty() && !line.definition.is_empty())
        );
        let cut = Entry {
            is_cut: true,
            warnings: 2,
            ..entry(1)
        };
        let words = "2 warnings, the file ends too early";
        assert_eq!(problems_words(&cut), words);
        assert_eq!(about[1].value, "Sun 23 Aug 2026, 20:13");
    }
}
