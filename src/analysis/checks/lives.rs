//! Rules over lives: ends, repetitions, overlaps, deaths nobody tells of, players without GUID.

use super::book::{Book, Finding};
use super::rules::RuleId;
use super::{Check, clock_text};
use crate::model::format::Family;
use crate::model::{Life, LifeEnd, LifeId, PlayerId};

pub(super) fn check(check: &Check<'_>, book: &mut Book) {
    let lives = check.round.lives();
    for rule in [
        RuleId::DuplicateLife,
        RuleId::OverlappingLives,
        RuleId::LifeBackwards,
    ] {
        book.checked(rule, lives.len());
    }
    for player in check.round.players.ids() {
        side_by_side(check, book, player);
    }
    for life in lives {
        backwards(check, book, life);
        untold(check, book, life);
    }
    nameless(check, book);
}

fn line(check: &Check<'_>, life: &Life) -> u32 {
    check.round.document.tracks.lines[life.row as usize]
}

fn spawn_time(check: &Check<'_>, life: &Life) -> i64 {
    check.round.document.tracks.rows[life.row as usize].spawn_time
}

/// Lives of one player in order of their start: the same twice, or two at a time.
fn side_by_side(check: &Check<'_>, book: &mut Book, player: PlayerId) {
    let name = check.name(player);
    // The life that reaches furthest so far.
    let mut furthest: Option<&Life> = None;
    let mut previous: Option<LifeId> = None;
    for &id in check.round.lives_of(player) {
        let life = check.round.life(id);
        let twin = previous.map(|id| check.round.life(id));
        let twin = twin.filter(|twin| {
            let ends = |life: &Life| (life.start_ms, life.end_ms, life.sample_count());
            spawn_time(check, twin) == spawn_time(check, life) && ends(twin) == ends(life)
        });
        previous = Some(id);
        if let Some(twin) = twin {
            book.found(RuleId::DuplicateLife, life.duration_ms() as f64, || {
                Finding::new(format!(
                    "{name}: two equal lives that spawned at {}",
                    clock_text(life.start_ms)
                ))
                .lines([line(check, twin), line(check, life)])
                .time(life.start_ms, life.end_ms)
                .players([player])
            });
            continue;
        }
        if let Some(other) = furthest.filter(|other| life.start_ms < other.end_ms) {
            let until_ms = other.end_ms.min(life.end_ms);
            let overlap_ms = until_ms - life.start_ms;
            book.found(RuleId::OverlappingLives, overlap_ms as f64, || {
                let text = format!(
                    "{name}: a life begins at {}, {overlap_ms} ms of it inside another one that ends at {}",
                    clock_text(life.start_ms),
                    clock_text(other.end_ms)
                );
                Finding::new(text)
                    .lines([line(check, other), line(check, life)])
                    .time(life.start_ms, until_ms)
                    .players([player])
            });
        }
        if furthest.is_none_or(|other| other.end_ms < life.end_ms) {
            furthest = Some(life);
        }
    }
}

fn backwards(check: &Check<'_>, book: &mut Book, life: &Life) {
    let row = &check.round.document.tracks.rows[life.row as usize];
    let death = row.death_time.filter(|death| *death != 0);
    if let Some(death_ms) = death.filter(|death| *death < life.start_ms) {
        let by_ms = life.start_ms.saturating_sub(death_ms);
        book.found(RuleId::LifeBackwards, by_ms as f64, || {
            let text = format!(
                "{}: the life begins at {} and ends at {}",
                check.name(life.player),
                clock_text(life.start_ms),
                clock_text(death_ms)
            );
            Finding::new(text)
                .lines([line(check, life)])
                .time(death_ms, life.start_ms)
                .players([life.player])
        });
    }
}

/// A death that no engagement and no kill row tells of.
fn untold(check: &Check<'_>, book: &mut Book, life: &Life) {
    let document = &check.round.document;
    let tells_all = document.version.family != Family::V4PostHoc;
    let is_told = match life.end {
        LifeEnd::Killed | LifeEnd::TeamKill => true,
        end => end.is_death() && tells_all,
    };
    let has_rows = !document.engagements.table.rows.is_empty();
    if !is_told || !has_rows {
        return;
    }
    book.checked(RuleId::KilledWithoutRow, 1);
    let near = |t: &i64| t.abs_diff(life.end_ms) <= check.params.same_death_ms.unsigned_abs();
    if check.round.deaths_of(life.player).iter().any(near) {
        return;
    }
    book.found(RuleId::KilledWithoutRow, 1.0, || {
        let text = format!(
            "{}: the life ended at {} ({}), but no engagement and no kill row tells of it",
            check.name(life.player),
            clock_text(life.end_ms),
            life.end.words()
        );
        Finding::new(text)
            .lines([line(check, life)])
            .time(life.end_ms, life.end_ms)
            .players([life.player])
    });
}

fn nameless(check: &Check<'_>, book: &mut Book) {
    let players = &check.round.players;
    book.checked(RuleId::SharedGuid, players.len());
    let nobody: Vec<PlayerId> = players
        .iter()
        .filter(|(_, player)| player.guid.is_empty())
        .map(|(id, _)| id)
        .collect();
    if !nobody.is_empty() {
        book.found(RuleId::SharedGuid, nobody.len() as f64, || {
            let text = format!(
                "{} players have no GUID and are told apart by name",
                nobody.len()
            );
            Finding::new(text).players(nobody)
        });
    }
}
