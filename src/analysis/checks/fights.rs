//! Rules over engagements: who was there, and whether the columns of a row agree with each other.

use super::book::{Book, Finding};
use super::rules::RuleId;
use super::{Check, clock_text};
use crate::analysis::flags::Flag;
use crate::model::format::engagement::{AttackerRow, EngagementRow};
use crate::model::{Absence, PlayerId, Presence};

/// Window of a crossfire where the header declares none, ms: the tracker's own default.
const CROSSFIRE_WINDOW_MS: i64 = 1000;

pub(super) fn check(check: &Check<'_>, book: &mut Book) {
    let engagements = &check.round.document.engagements;
    let bad_lines = lines_with_lost_items(check);
    let has_lives = !check.round.lives().is_empty();
    for (nth, row) in engagements.table.rows.iter().enumerate() {
        let fight = Fight {
            check,
            row,
            line: engagements.table.lines[nth],
            attackers: engagements.attackers_of(row),
            target: check.round.players.find(row.target_guid, row.target_name),
        };
        fight.duration(book);
        if bad_lines.binary_search(&fight.line).is_err() {
            fight.sums(book);
            fight.crossfire(book);
        }
        if has_lives {
            fight.target_there(book, check.flags.engagements[nth].has(Flag::Corpse));
            fight.attackers_there(book);
        }
    }
}

/// Lines of engagements with list items that could not be read: their sums cannot agree.
fn lines_with_lost_items(check: &Check<'_>) -> Vec<u32> {
    let problems = check.round.document.problems.kept().iter();
    let mut lines: Vec<u32> = problems
        .filter(|problem| problem.rule == "bad-item")
        .filter_map(|problem| problem.line)
        .collect();
    lines.sort_unstable();
    lines
}

struct Fight<'a> {
    check: &'a Check<'a>,
    row: &'a EngagementRow,
    line: u32,
    attackers: &'a [AttackerRow],
    target: Option<PlayerId>,
}

impl Fight<'_> {
    fn end_ms(&self) -> i64 {
        self.row.end_time.unwrap_or(self.row.start_time)
    }

    /// A finding about this row; `says` follows "engagement 12 on Anna: ".
    fn finding(&self, says: &str) -> Finding {
        let target = self
            .target
            .map_or("nobody known", |target| self.check.name(target));
        let finding = Finding::new(format!("engagement {} on {target}: {says}", self.row.id))
            .lines([self.line])
            .time(self.row.start_time, self.end_ms())
            .players(self.target);
        let place = [self.row.start_x, self.row.start_y, self.row.start_z];
        match place.map(|axis| axis.get().map(|value| value as f32)) {
            [Some(x), Some(y), Some(z)] => finding.place([x, y, z]),
            _ => finding,
        }
    }

    fn duration(&self, book: &mut Book) {
        let (Some(end_ms), Some(duration)) = (self.row.end_time, self.row.duration) else {
            return;
        };
        book.checked(RuleId::EngagementDuration, 1);
        let due = end_ms.saturating_sub(self.row.start_time);
        if duration != due || due < 0 {
            let off = duration.saturating_sub(due.max(0)).unsigned_abs();
            book.found(RuleId::EngagementDuration, off as f64, || {
                self.finding(&format!(
                    "the row says {duration} ms, end less start is {due} ms"
                ))
            });
        }
    }

    fn sums(&self, book: &mut Book) {
        book.checked(RuleId::DamageSum, 1);
        book.checked(RuleId::AttackerCount, 1);
        let total = self.row.total_damage;
        let sum = self
            .attackers
            .iter()
            .fold(0_i64, |sum, attacker| sum.saturating_add(attacker.damage));
        if sum != total {
            let off = total.saturating_sub(sum).unsigned_abs();
            book.found(RuleId::DamageSum, off as f64, || {
                self.finding(&format!("total damage {total}, its attackers did {sum}"))
            });
        }
        let (says, there) = (self.row.num_attackers, self.attackers.len());
        if says != there as i64 {
            let off = says.saturating_sub(there as i64).unsigned_abs();
            book.found(RuleId::AttackerCount, off as f64, || {
                self.finding(&format!("{says} attackers by number, {there} in the list"))
            });
        }
    }

    /// Two first hits within the window make a crossfire; its delay lies between them.
    fn crossfire(&self, book: &mut Book) {
        book.checked(RuleId::CrossfireFlag, 1);
        let header = &self.check.round.document.header;
        let window = header.crossfire_window.unwrap_or(CROSSFIRE_WINDOW_MS);
        let mut hits: Vec<i64> = self
            .attackers
            .iter()
            .map(|attacker| attacker.first_hit)
            .collect();
        hits.sort_unstable();
        let delay = hits.get(1).map(|second| second.saturating_sub(hits[0]));
        let delay = delay.filter(|delay| *delay <= window);
        let says = (self.row.is_crossfire, self.row.crossfire_delay);
        if says == (delay.is_some(), delay) {
            return;
        }
        book.found(RuleId::CrossfireFlag, 1.0, || {
            let words = |is_crossfire: bool, delay: Option<i64>| match delay {
                Some(ms) if is_crossfire => format!("a crossfire with {ms} ms between"),
                _ if is_crossfire => "a crossfire without delay".to_owned(),
                _ => "no crossfire".to_owned(),
            };
            let (file, due) = (words(says.0, says.1), words(delay.is_some(), delay));
            self.finding(&format!(
                "{file} by its columns, {due} by first hits and a window of {window} ms"
            ))
        });
    }

    fn target_there(&self, book: &mut Book, is_corpse: bool) {
        book.checked(RuleId::CorpseEngagement, 1);
        book.checked(RuleId::EngagementOutsideLife, 1);
        let Some(target) = self.target else { return };
        if is_corpse {
            let damage = self.row.total_damage;
            book.found(RuleId::CorpseEngagement, damage as f64, || {
                self.finding(&format!("opened on a dead body; {damage} damage"))
            });
            return;
        }
        let Presence::Absent(absence) = self.check.round.presence_at(target, self.row.start_time)
        else {
            return;
        };
        let is_missing = matches!(
            absence,
            Absence::NotYetSpawned { .. }
                | Absence::Left { .. }
                | Absence::RoundOver
                | Absence::NoSamples
        );
        if !is_missing {
            return;
        }
        book.found(RuleId::EngagementOutsideLife, 1.0, || {
            let at = clock_text(self.row.start_time);
            self.finding(&format!(
                "opened at {at}, when the target was in no life: {}",
                absence.words()
            ))
        });
    }

    fn attackers_there(&self, book: &mut Book) {
        for attacker in self.attackers {
            let Some(player) = self.check.round.players.find(attacker.guid, attacker.name) else {
                continue;
            };
            // Somebody who kills himself or falls is his own attacker, at the moment of his death.
            if Some(player) == self.target {
                continue;
            }
            book.checked(RuleId::AttackerAbsent, 1);
            let hits = [attacker.first_hit, attacker.last_hit];
            let absent = hits
                .into_iter()
                .find_map(|t_ms| Some((t_ms, self.absent(player, t_ms)?)));
            let Some((t_ms, absence)) = absent else {
                continue;
            };
            book.found(RuleId::AttackerAbsent, attacker.damage as f64, || {
                let text = format!(
                    "hit by {} at {}, who was in no life: {}",
                    self.check.name(player),
                    clock_text(t_ms),
                    absence.words()
                );
                self.finding(&text).time(t_ms, t_ms).players([player])
            });
        }
    }

    /// Why a player cannot have hit anybody then.
    fn absent(&self, player: PlayerId, t_ms: i64) -> Option<Absence> {
        match self.check.round.presence_at(player, t_ms) {
            Presence::Alive { .. }
            | Presence::Absent(Absence::RevivedTrackLost { .. } | Absence::NoSampleYet) => None,
            Presence::Absent(Absence::Dead { since_ms, .. })
                if !self.check.records_revives
                    || t_ms.saturating_sub(since_ms) <= self.check.params.posthumous_ms =>
            {
                None
            }
            Presence::Absent(absence) => Some(absence),
        }
    }
}
