//! Everything the list knows about a round, a match or an evening, with what each word means.

use crate::app::library::Entry;
use crate::app::library::about::{about, problems_words};
use crate::app::library::lines::Line;
use crate::app::library::shelf::Shelf;
use crate::app::library::words::{count, map_words, short_name};
use crate::app::time_text::short;
use crate::ui::theme::{GRID, SMALL, Theme};
use eframe::egui::{Grid, Label, RichText, Ui};

/// Names beyond these are counted.
const NAMED: usize = 32;

/// Different maps in order of playing, so that the first one stands first however the list is sorted.
pub(super) fn maps<'a>(rounds: impl Iterator<Item = &'a Entry>) -> Vec<&'a str> {
    let mut maps: Vec<&str> = Vec::new();
    for entry in rounds {
        let map = map_words(entry);
        if !maps.contains(&map) {
            maps.push(map);
        }
    }
    maps
}

fn muted(ui: &mut Ui, text: impl Into<String>, theme: &Theme) {
    let text = RichText::new(text).size(SMALL).color(theme.muted);
    ui.add(Label::new(text).wrap());
}

/// One round.
pub(super) fn round_ui(ui: &mut Ui, entry: &Entry, theme: &Theme) {
    ui.set_max_width(520.0);
    ui.spacing_mut().interact_size.y = 0.0;
    ui.label(short_name(entry));
    Grid::new("about round")
        .num_columns(3)
        .spacing([GRID * 1.5, GRID / 2.0])
        .show(ui, |ui| {
            for line in about(entry) {
                let what = RichText::new(line.what).size(SMALL).color(theme.muted);
                ui.add(Label::new(what).extend());
                ui.label(RichText::new(&line.value).size(SMALL));
                muted(ui, line.definition, theme);
                ui.end_row();
            }
        });
    let named = entry.players.iter().take(NAMED).cloned();
    let names = named.collect::<Vec<_>>().join(", ");
    let names = match entry.players.len().saturating_sub(NAMED) {
        0 => names,
        more => format!("{names} and {more} more"),
    };
    if !names.is_empty() {
        muted(ui, names, theme);
    }
    let file = match &entry.path {
        Some(path) => path.display().to_string(),
        None => entry.file_name.clone(),
    };
    muted(ui, file, theme);
}

/// A match or an evening.
pub(super) fn several_ui(ui: &mut Ui, shelf: &Shelf, line: &Line, theme: &Theme) {
    ui.set_max_width(360.0);
    let rounds: Vec<&Entry> = shelf.rounds_of(line).collect();
    let length = rounds.iter().map(|entry| entry.length_ms).sum();
    let total = format!(
        "{}, {} on the rounds' clocks together",
        count(rounds.len(), "round", "rounds"),
        short(length)
    );
    ui.label(total);
    muted(ui, maps(rounds.iter().copied()).join(", "), theme);
    let with_problems = rounds
        .iter()
        .filter(|entry| problems_words(entry) != "none");
    let with_problems = with_problems.count();
    if with_problems > 0 {
        let text = format!("{} with problems", count(with_problems, "round", "rounds"));
        muted(ui, text, theme);
    }
    let what = match line {
        Line::Match(_) => {
            "A match: two rounds of one map with the sides swapped, close to each other in time."
        }
        _ => "A click selects them all, a double click folds.",
    };
    muted(ui, what, theme);
}
