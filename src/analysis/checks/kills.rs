//! Rules over deaths: kill rows, engagements and lives must tell of the same ones.

use super::book::{Book, Finding};
use super::rules::RuleId;
use super::{Check, clock_text};
use crate::analysis::deaths::{Death, DeathKind};
use crate::model::{Absence, LifeEnd, PlayerId, Presence};

pub(super) fn check(check: &Check<'_>, book: &mut Book) {
    let told = Told::of(check);
    if !check.round.lives().is_empty() {
        for death in check.deaths {
            alive(check, book, &told, death);
        }
    }
    kill_rows(check, book, &told);
}

/// A death as an engagement tells of it.
#[derive(Clone, Copy)]
struct Telling {
    victim: PlayerId,
    t_ms: i64,
    killer: Option<PlayerId>,
    line: u32,
}

/// Deaths by section, in order of victim and time.
struct Told {
    engagements: Vec<Telling>,
    kills: Vec<Telling>,
}

impl Told {
    fn of(check: &Check<'_>) -> Self {
        let round = check.round;
        let table = &round.document.engagements.table;
        let find = |guid, name| round.players.find(guid, name);
        let ends = table.rows.iter().zip(&table.lines).filter(|(row, _)| {
            matches!(
                round.text(row.outcome),
                "killed" | "teamkill" | "selfkill" | "fallen" | "world"
            )
        });
        let engagements = ends.filter_map(|(row, line)| {
            Some(Telling {
                victim: find(row.target_guid, row.target_name)?,
                t_ms: row.end_time?,
                killer: find(row.killer_guid, row.killer_name),
                line: *line,
            })
        });
        let table = &round.document.tables.combat_positions;
        let kills = table
            .rows
            .iter()
            .zip(&table.lines)
            .filter_map(|(row, line)| {
                Some(Telling {
                    victim: find(row.vic_guid, row.vic_name)?,
                    t_ms: row.time,
                    killer: find(row.atk_guid, row.atk_name),
                    line: *line,
                })
            });
        let (mut engagements, mut kills): (Vec<_>, Vec<_>) =
            (engagements.collect(), kills.collect());
        for list in [&mut engagements, &mut kills] {
            list.sort_by_key(|telling| (telling.victim, telling.t_ms));
        }
        Self { engagements, kills }
    }
}

/// The death of `victim` nearest to `t_ms` in one section.
fn nearest(list: &[Telling], victim: PlayerId, t_ms: i64, within_ms: i64) -> Option<&Telling> {
    let from = t_ms.saturating_sub(within_ms);
    let first = list.partition_point(|telling| (telling.victim, telling.t_ms) < (victim, from));
    let until = t_ms.saturating_add(within_ms);
    let near = list[first..].iter();
    near.take_while(|telling| telling.victim == victim && telling.t_ms <= until)
        .min_by_key(|telling| telling.t_ms.abs_diff(t_ms))
}

/// Whoever dies must have been alive, and is not afterwards.
fn alive(check: &Check<'_>, book: &mut Book, told: &Told, death: &Death) {
    let within_ms = check.params.same_death_ms;
    let lines = [&told.engagements, &told.kills]
        .map(|list| nearest(list, death.victim, death.t_ms, within_ms).map(|telling| telling.line));
    if lines == [None, None] {
        return;
    }
    book.checked(RuleId::KillWithoutEnd, 1);
    book.checked(RuleId::DeathWhileAbsent, usize::from(check.records_revives));
    if death.life.is_some() {
        return;
    }
    let finding = |text: String| {
        let finding = Finding::new(text)
            .lines(lines.into_iter().flatten())
            .time(death.t_ms, death.t_ms)
            .players(
                std::iter::once(death.victim).chain(death.killer.filter(|k| *k != death.victim)),
            );
        match death.victim_pos {
            Some(place) => finding.place(place),
            None => finding,
        }
    };
    let name = check.name(death.victim);
    let at = || clock_text(death.t_ms);
    match check
        .round
        .presence_at(death.victim, death.t_ms.saturating_sub(1))
    {
        Presence::Alive { life, .. } => {
            let life = check.round.life(life);
            let rest_ms = life.end_ms.saturating_sub(death.t_ms);
            book.found(RuleId::KillWithoutEnd, rest_ms as f64, || {
                let line = check.round.document.tracks.lines[life.row as usize];
                let end = clock_text(life.end_ms);
                finding(format!(
                    "{name} dies at {} in the middle of a life that goes on until {end}",
                    at()
                ))
                .lines([line])
            });
        }
        Presence::Absent(Absence::RevivedTrackLost { .. }) => {}
        Presence::Absent(absence) if check.records_revives => {
            book.found(RuleId::DeathWhileAbsent, 1.0, || {
                finding(format!(
                    "{name} dies at {}, but was not alive: {}",
                    at(),
                    absence.words()
                ))
            });
        }
        Presence::Absent(_) => {}
    }
}

/// Both sections must know every kill of an enemy, and who did it.
fn kill_rows(check: &Check<'_>, book: &mut Book, told: &Told) {
    if told.kills.is_empty() || told.engagements.is_empty() {
        return;
    }
    let within_ms = check.params.same_death_ms;
    book.checked(RuleId::KillRows, told.kills.len());
    let mut found = |telling: &Telling, lines: Vec<u32>, text: &dyn Fn() -> String| {
        book.found(RuleId::KillRows, 1.0, || {
            Finding::new(text())
                .lines(lines)
                .time(telling.t_ms, telling.t_ms)
                .players([Some(telling.victim), telling.killer].into_iter().flatten())
        });
    };
    let name =
        |player: Option<PlayerId>| player.map_or("nobody known", |player| check.name(player));
    for kill in &told.kills {
        let victim = check.name(kill.victim);
        let at = clock_text(kill.t_ms);
        match nearest(&told.engagements, kill.victim, kill.t_ms, within_ms) {
            None => found(kill, vec![kill.line], &|| {
                format!("{victim}: killed at {at} by kill row, but no engagement ends so")
            }),
            Some(end) if end.killer != kill.killer => {
                found(kill, vec![kill.line, end.line], &|| {
                    let (by_row, by_end) = (name(kill.killer), name(end.killer));
                    format!(
                        "{victim}: killed at {at} by {by_row} by kill row, by {by_end} by engagement"
                    )
                });
            }
            Some(_) => {}
        }
    }
    let enemies = check
        .deaths
        .iter()
        .filter(|death| death.kind == DeathKind::Enemy);
    for death in enemies.filter(|death| death.means_number.is_none()) {
        let Some(end) = nearest(&told.engagements, death.victim, death.t_ms, 0) else {
            continue;
        };
        if nearest(&told.kills, death.victim, death.t_ms, within_ms).is_none()
            && !ends_so(check, death)
        {
            found(end, vec![end.line], &|| {
                let (victim, at) = (check.name(death.victim), clock_text(death.t_ms));
                format!("{victim}: an engagement ends at {at} with a kill that no kill row has")
            });
        }
    }
}

/// The victim's life ended by himself, the world or a team mate, which makes no kill row; engagements of most versions call all deaths kills.
fn ends_so(check: &Check<'_>, death: &Death) -> bool {
    let end = death.life.map(|life| check.round.life(life).end);
    matches!(end, Some(LifeEnd::World | LifeEnd::TeamKill))
}
