//! Rules over the samples of lives: gaps, order, jumps, limbo, death, counts, cadence.

use super::book::{Book, Finding};
use super::rules::RuleId;
use super::{Check, clock_text};
use crate::analysis::flags::is_jump;
use crate::model::{Life, LifeEnd};

pub(super) fn check(check: &Check<'_>, book: &mut Book) {
    let round = check.round;
    let lives = round.lives();
    let samples: usize = lives.iter().map(Life::sample_count).sum();
    for rule in [
        RuleId::SampleGap,
        RuleId::SampleOrder,
        RuleId::Jump,
        RuleId::LimboGhost,
    ] {
        book.checked(rule, samples);
    }
    for rule in [
        RuleId::SampleCount,
        RuleId::LifeEmpty,
        RuleId::SampleAfterDeath,
    ] {
        book.checked(rule, lives.len());
    }
    for life in lives {
        let walk = Walk {
            check,
            life,
            line: round.document.tracks.lines[life.row as usize],
        };
        walk.counts(book);
        walk.order(book);
        walk.steps(book);
        walk.ghosts(book);
        walk.after_death(book);
    }
    round_end(check, book);
    cadence(check, book);
}

/// Whether a step into a sample is the one to the camera of the intermission: the last of a life that lasted to the end of the round.
fn is_to_camera(life: &Life, to: usize) -> bool {
    let is_alive_at_end = matches!(life.end, LifeEnd::RoundEnd | LifeEnd::Shutdown);
    let last = life
        .sample_count()
        .checked_sub(1)
        .map(|nth| life.sample_index(nth));
    is_alive_at_end && last == Some(to)
}

/// The lives whose last step is a jump to the camera.
fn round_end(check: &Check<'_>, book: &mut Book) {
    let round = check.round;
    let to_camera = |life: &&Life| {
        let Some(before) = life.sample_count().checked_sub(2) else {
            return false;
        };
        let (from, to) = (life.sample_index(before), life.sample_index(before + 1));
        is_to_camera(life, to) && is_jump(round, from, to)
    };
    let alive = round
        .lives()
        .iter()
        .filter(|life| matches!(life.end, LifeEnd::RoundEnd | LifeEnd::Shutdown));
    book.checked(RuleId::RoundEndPlace, alive.clone().count());
    let moved: Vec<&Life> = alive.filter(to_camera).collect();
    let Some(first) = moved.first() else { return };
    book.found(RuleId::RoundEndPlace, moved.len() as f64, || {
        let sample = round
            .samples()
            .get(first.sample_index(first.sample_count() - 1));
        let text = format!(
            "the last points of {} lives lie at {:.0}, {:.0}, {:.0}, where nobody went",
            moved.len(),
            sample.x,
            sample.y,
            sample.z
        );
        Finding::new(text)
            .lines(
                moved
                    .iter()
                    .map(|life| round.document.tracks.lines[life.row as usize]),
            )
            .time(first.end_ms, first.end_ms)
            .players(moved.iter().map(|life| life.player))
            .place([sample.x, sample.y, sample.z])
    });
}

struct Walk<'a> {
    check: &'a Check<'a>,
    life: &'a Life,
    line: u32,
}

impl Walk<'_> {
    fn name(&self) -> &str {
        self.check.name(self.life.player)
    }

    fn finding(&self, text: String) -> Finding {
        Finding::new(text)
            .lines([self.line])
            .players([self.life.player])
    }

    fn t_ms(&self, index: usize) -> i64 {
        i64::from(self.check.round.samples().time_ms[index])
    }

    fn place(&self, index: usize) -> [f32; 3] {
        let samples = self.check.round.samples();
        [samples.x[index], samples.y[index], samples.z[index]]
    }

    fn counts(&self, book: &mut Book) {
        let row = &self.check.round.document.tracks.rows[self.life.row as usize];
        let life = self.life;
        let there = i64::from(row.path.len) + i64::from(row.dropped_points);
        if row.declared_samples != there {
            let off = row.declared_samples.saturating_sub(there).unsigned_abs();
            book.found(RuleId::SampleCount, off as f64, || {
                let says = row.declared_samples;
                self.finding(format!(
                    "{}: the row says {says} samples, its path has {there}",
                    self.name()
                ))
                .time(life.start_ms, life.end_ms)
            });
        }
        if there == 0 {
            book.found(RuleId::LifeEmpty, life.duration_ms() as f64, || {
                let (from, to) = (clock_text(life.start_ms), clock_text(life.end_ms));
                self.finding(format!(
                    "{}: the life from {from} to {to} has no sample",
                    self.name()
                ))
                .time(life.start_ms, life.end_ms)
            });
        }
    }

    /// Steps back in time, in the order of the file.
    fn order(&self, book: &mut Book) {
        let row = &self.check.round.document.tracks.rows[self.life.row as usize];
        let times = &self.check.round.samples().time_ms[row.path.range()];
        let times = &times[usize::from(self.life.is_spawn_stale)..];
        if times.is_sorted() {
            return;
        }
        for pair in times.windows(2).filter(|pair| pair[1] < pair[0]) {
            let (before, after) = (i64::from(pair[0]), i64::from(pair[1]));
            book.found(RuleId::SampleOrder, (before - after) as f64, || {
                let (first, then) = (clock_text(before), clock_text(after));
                self.finding(format!(
                    "{}: a sample of {first} stands before one of {then}",
                    self.name()
                ))
                .time(after, before)
            });
        }
    }

    /// Gaps and jumps between neighbours.
    fn steps(&self, book: &mut Book) {
        let (check, life) = (self.check, self.life);
        let longest_ms = check
            .params
            .gap_cadences
            .saturating_mul(check.round.cadence_ms());
        let ghosts = &check.flags.ghost_samples;
        let (mut last_ms, mut previous) = (life.start_ms, None);
        for index in life.sample_indices() {
            let t_ms = self.t_ms(index);
            // Samples behind the death have a rule of their own.
            if t_ms > life.end_ms {
                break;
            }
            if t_ms - last_ms > longest_ms {
                self.gap(book, last_ms, t_ms, index);
            }
            if let Some(from) = previous.filter(|from: &usize| !ghosts[*from] && !ghosts[index])
                && !is_to_camera(life, index)
                && is_jump(check.round, from, index)
            {
                self.jump(book, from, index);
            }
            (last_ms, previous) = (t_ms, Some(index));
        }
        if let Some(last) = previous.filter(|_| life.end_ms - last_ms > longest_ms) {
            self.gap(book, last_ms, life.end_ms, last);
        }
    }

    fn gap(&self, book: &mut Book, from_ms: i64, to_ms: i64, index: usize) {
        let gap_ms = to_ms - from_ms;
        book.found(RuleId::SampleGap, gap_ms as f64, || {
            let (from, to) = (clock_text(from_ms), clock_text(to_ms));
            let cadence = self.check.round.cadence_ms();
            let text = format!(
                "{}: no sample for {gap_ms} ms, from {from} to {to}; the cadence is {cadence} ms",
                self.name()
            );
            self.finding(text)
                .time(from_ms, to_ms)
                .place(self.place(index))
        });
    }

    fn jump(&self, book: &mut Book, from: usize, to: usize) {
        let (a, b) = (self.place(from), self.place(to));
        let way_u = (0..3)
            .map(|axis| f64::from(b[axis] - a[axis]).powi(2))
            .sum::<f64>()
            .sqrt();
        let (from_ms, to_ms) = (self.t_ms(from), self.t_ms(to));
        book.found(RuleId::Jump, way_u, || {
            let text = format!(
                "{}: {way_u:.0} u in {} ms at {}",
                self.name(),
                to_ms - from_ms,
                clock_text(to_ms)
            );
            self.finding(text).time(from_ms, to_ms).place(b)
        });
    }

    fn ghosts(&self, book: &mut Book) {
        let ghosts = &self.check.flags.ghost_samples;
        let mut of_life = self.life.sample_indices().filter(|index| ghosts[*index]);
        let Some(first) = of_life.next() else { return };
        let last = of_life.next_back().unwrap_or(first);
        let rest = self
            .life
            .sample_indices()
            .filter(|index| ghosts[*index])
            .count();
        book.found(RuleId::LimboGhost, rest as f64, || {
            let (from_ms, to_ms) = (self.t_ms(first), self.t_ms(last));
            let text = format!(
                "{}: {rest} samples from {} to {} were taken in limbo, at somebody else's place",
                self.name(),
                clock_text(from_ms),
                clock_text(to_ms)
            );
            self.finding(text)
                .time(from_ms, to_ms)
                .place(self.place(first))
        });
    }

    fn after_death(&self, book: &mut Book) {
        let life = self.life;
        let ends_by_row = self.check.round.document.tracks.rows[life.row as usize].death_time;
        // A life that ends before it begins is reported as such.
        if ends_by_row.is_some_and(|death| death != 0 && death < life.start_ms) {
            return;
        }
        let samples = self.check.round.samples();
        let ghosts = &self.check.flags.ghost_samples;
        let count = life.sample_count();
        let is_late = |index: usize| self.t_ms(index) > life.end_ms;
        let late = count - life.samples_until(samples, life.end_ms);
        let is_dead = |index: usize| {
            samples.health[index] <= 0 && !ghosts[index] && self.t_ms(index) < life.end_ms
        };
        let dead = life
            .sample_indices()
            .filter(|index| is_dead(*index))
            .count();
        if late + dead == 0 {
            return;
        }
        let mut of_life = life
            .sample_indices()
            .filter(|index| is_late(*index) || is_dead(*index));
        book.found(RuleId::SampleAfterDeath, (late + dead) as f64, || {
            let first = of_life.next().unwrap_or(0);
            let last = of_life.next_back().unwrap_or(first);
            let text = format!(
                "{}: {late} samples behind the end of the life at {}, {dead} without health before it",
                self.name(),
                clock_text(life.end_ms)
            );
            self.finding(text).time(self.t_ms(first), self.t_ms(last)).place(self.place(first))
        });
    }
}

fn cadence(check: &Check<'_>, book: &mut Book) {
    let round = check.round;
    let (Some(declared), Some(measured)) =
        (round.declared_cadence_ms(), round.measured_cadence_ms())
    else {
        return;
    };
    book.checked(RuleId::CadenceDrift, 1);
    let off = measured.saturating_sub(declared).saturating_abs();
    if off > check.params.cadence_tolerance_ms {
        let mut entries = round.document.header.entries.iter();
        let line = entries
            .rfind(|entry| entry.key == "position_sample_interval")
            .map(|e| e.line);
        book.found(RuleId::CadenceDrift, off as f64, || {
            Finding::new(format!(
                "declared are {declared} ms between samples, the median is {measured} ms"
            ))
            .lines(line)
        });
    }
}
