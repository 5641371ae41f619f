//! The definitions of the format's existing parser, exactly, oddities included.
//!
//! [`ReferenceRound`] is the round as that parser holds it: only rows a strict reader keeps, players keyed by GUID (so that all bots
//! without one are the same player, called ""), attackers of an engagement keyed by GUID (of two with the same GUID the later one
//! stands in the earlier one's place), an empty or zero death time read as "never died". Every function below takes it.
//!
//! Compared value by value with readings of that parser on all released versions of the format: they agree, except for files that it
//! gives up half way for a header value it cannot read, where it has nothing to compare with.
//!
//! What is questionable in these definitions, and where the answer of this project stands:
//!
//! | here | what is odd | ours |
//! |---|---|---|
//! | [`trades`] | a self kill has an avengeable killer, the victim; team kills too | [`super::trades`] |
//! | [`trades`] | a team mate who was already shooting at the killer does not attempt a trade | [`super::trades`] |
//! | [`trades`] | all bots without GUID are one player, who is never his own team mate | [`super::trades`] |
//! | [`support`] | another life of the same GUID supports him | [`super::support`] |
//! | [`support`] | counts samples, so a file of twice the cadence counts half as much | [`super::support`] |
//! | [`support`], [`teamplay`] | shots at bodies are fights | [`super::support`], [`super::teamplay`] |
//! | [`teamplay`] | the mean "escape distance" is over all engagements | [`super::teamplay`] |
//! | [`life_values`] | 0.2 s per sample whatever the cadence; teleports are distance | [`super::movement`] |

pub mod crossfire_pairs;
pub mod life_values;
mod path;
pub mod support;
pub mod teamplay;
pub mod trades;

pub use path::{Nearest, Path};

use super::flags::{Flags, RowFlags};
use crate::model::format::engagement::{AttackerRow, EngagementRow};
use crate::model::format::{Table, TrackRow};
use crate::model::{Round, Sym};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// An engagement as the reference holds it.
#[derive(Clone, Debug)]
pub struct Engagement<'a> {
    /// The file's row.
    pub row: &'a EngagementRow,
    /// Its index in `ENGAGEMENTS`.
    pub index: u32,
    /// Its outcome is `killed`.
    pub is_killed: bool,
    /// Doubts about it.
    pub flags: Flags,
    attackers: Range<usize>,
}

impl Engagement<'_> {
    /// Closing, ms; 0 when the file gives none.
    pub fn end_ms(&self) -> i64 {
        self.row.end_time.unwrap_or(0)
    }

    /// ms; 0 when the file gives none.
    pub fn duration_ms(&self) -> i64 {
        self.row.duration.unwrap_or(0)
    }
}

/// A life as the reference holds it.
#[derive(Clone, Debug)]
pub struct Life<'a> {
    /// The file's row.
    pub row: &'a TrackRow,
    /// Its index in `PLAYER_TRACKS`.
    pub index: u32,
    /// Doubts about it.
    pub flags: Flags,
    /// Its points in order of time.
    pub path: Path,
}

impl Life<'_> {
    /// Death, ms; `None` (also for 0) means he lives for ever.
    pub fn death_ms(&self) -> Option<i64> {
        self.row.death_time.filter(|t| *t != 0)
    }

    /// From spawn to death, both included.
    pub fn is_alive_at(&self, t_ms: i64) -> bool {
        self.row.spawn_time <= t_ms && self.death_ms().is_none_or(|death| t_ms <= death)
    }
}

/// The lives of one GUID in order of spawn, quick to search.
#[derive(Clone, Debug, Default)]
struct LivesOfGuid {
    /// Indices into [`ReferenceRound::lives`].
    lives: Vec<u32>,
    /// The latest death of this and all earlier lives: not decreasing, so that the first life that reaches a time can be found by
    /// halving.
    latest_death: Vec<i64>,
}

/// What happened to one GUID as target, in order of time.
#[derive(Clone, Debug, Default)]
struct Target {
    /// First hits with the index of the attacker.
    first_hits: Vec<(i64, u32)>,
    /// Ends of engagements that killed him with their index.
    deaths: Vec<(i64, u32)>,
}

/// The entries of a list in order of time with a time in `from..=to`.
fn between(list: &[(i64, u32)], from: i64, to: i64) -> impl Iterator<Item = usize> {
    let start = list.partition_point(|entry| entry.0 < from);
    let inside = list[start..].iter().take_while(move |entry| entry.0 <= to);
    inside.map(|entry| entry.1 as usize)
}

/// The round as the reference parser holds it. Built in O(rows + samples) for paths in order of time.
#[derive(Clone, Debug)]
pub struct ReferenceRound<'a> {
    /// The round.
    pub round: &'a Round,
    /// In file order.
    pub engagements: Vec<Engagement<'a>>,
    /// In file order.
    pub lives: Vec<Life<'a>>,
    attackers: Vec<AttackerRow>,
    /// The lives of each GUID that has one, in order of appearance.
    lives_of: Vec<(Sym, LivesOfGuid)>,
    /// What happened to each target.
    targets: FxHashMap<Sym, Target>,
}

impl<'a> ReferenceRound<'a> {
    /// The reference's view of a round, with our doubts ([`RowFlags`]) about its rows.
    pub fn new(round: &'a Round, flags: &RowFlags) -> Self {
        let mut view = Self {
            round,
            engagements: Vec::new(),
            lives: Vec::new(),
            attackers: Vec::new(),
            lives_of: Vec::new(),
            targets: FxHashMap::default(),
        };
        view.take_engagements(flags);
        view.take_lives(flags);
        view
    }

    fn take_engagements(&mut self, flags: &RowFlags) {
        let all = &self.round.document.engagements;
        let killed = self.round.strings().find(b"killed");
        for (index, row) in strict_rows(&all.table) {
            let start = self.attackers.len();
            for attacker in all.attackers_of(row) {
                let known = &mut self.attackers[start..];
                match known.iter_mut().find(|known| known.guid == attacker.guid) {
                    Some(known) => *known = *attacker,
                    None => self.attackers.push(*attacker),
                }
            }
            let is_killed = Some(row.outcome) == killed;
            let target = self.targets.entry(row.target_guid).or_default();
            for (nth, attacker) in self.attackers.iter().enumerate().skip(start) {
                target.first_hits.push((attacker.first_hit, nth as u32));
            }
            if is_killed {
                let end_ms = row.end_time.unwrap_or(0);
                let nth = self.engagements.len() as u32;
                target.deaths.push((end_ms, nth));
            }
            self.engagements.push(Engagement {
                row,
                index: index as u32,
                is_killed,
                flags: flags.engagements[index],
                attackers: start..self.attackers.len(),
            });
        }
        for target in self.targets.values_mut() {
            target.first_hits.sort_unstable();
            target.deaths.sort_unstable();
        }
    }

    fn take_lives(&mut self, flags: &RowFlags) {
        let round = self.round;
        let mut flags_of_row = FxHashMap::default();
        for (life, flags) in round.lives().iter().zip(&flags.lives) {
            flags_of_row.insert(life.row, *flags);
        }
        let mut place_of: FxHashMap<Sym, usize> = FxHashMap::default();
        for (index, row) in strict_rows(&round.document.tracks) {
            let place = *place_of.entry(row.guid).or_insert_with(|| {
                self.lives_of.push((row.guid, LivesOfGuid::default()));
                self.lives_of.len() - 1
            });
            self.lives_of[place].1.lives.push(self.lives.len() as u32);
            self.lives.push(Life {
                row,
                index: index as u32,
                flags: flags_of_row
                    .get(&(index as u32))
                    .copied()
                    .unwrap_or_default(),
                path: Path::new(round.samples(), row.path.range()),
            });
        }
        for (_, of_guid) in &mut self.lives_of {
            let life = |id: &u32| &self.lives[*id as usize];
            of_guid.lives.sort_by_key(|id| life(id).row.spawn_time);
            let mut latest = i64::MIN;
            for id in &of_guid.lives {
                latest = latest.max(life(id).death_ms().unwrap_or(i64::MAX));
                of_guid.latest_death.push(latest);
            }
        }
    }

    /// The attackers of an engagement, each GUID once.
    pub fn attackers_of(&self, engagement: &Engagement<'_>) -> &[AttackerRow] {
        &self.attackers[engagement.attackers.clone()]
    }

    /// For each GUID that is alive at `t_ms` the first such life in order of spawn. O(GUIDs · log lives).
    pub fn alive_at(&self, t_ms: i64) -> impl Iterator<Item = (Sym, &Life<'a>)> {
        self.lives_of.iter().filter_map(move |(guid, of_guid)| {
            let latest = &of_guid.latest_death;
            let nth = latest.partition_point(|death| *death < t_ms);
            let life = &self.lives[*of_guid.lives.get(nth)? as usize];
            life.is_alive_at(t_ms).then_some((*guid, life))
        })
    }

    /// Attackers whose first hit on this GUID falls into `from..=to`, in order of time.
    fn first_hits_on(&self, target: Sym, from: i64, to: i64) -> impl Iterator<Item = &AttackerRow> {
        let target = self.targets.get(&target);
        let hits = target.map_or(&[][..], |target| &target.first_hits);
        between(hits, from, to).map(|nth| &self.attackers[nth])
    }

    /// Engagements that ended in `from..=to` with this GUID killed, in order of time.
    fn deaths_of(&self, target: Sym, from: i64, to: i64) -> impl Iterator<Item = &Engagement<'a>> {
        let target = self.targets.get(&target);
        let deaths = target.map_or(&[][..], |target| &target.deaths);
        between(deaths, from, to).map(|nth| &self.engagements[nth])
    }

    fn string(&self, sym: Sym) -> String {
        self.round.text(sym).to_owned()
    }
}

/// The rows a strict reader keeps, with their indices.
fn strict_rows<R>(table: &Table<R>) -> impl Iterator<Item = (usize, &R)> {
    let mut lenient = table.lenient.iter().peekable();
    table.rows.iter().enumerate().filter(move |(index, _)| {
        lenient
            .next_if(|lenient| **lenient as usize == *index)
            .is_none()
    })
}

/// `value` to so many decimals as a strict reader's language rounds: to the nearest, the even one of two that are equally near.
pub fn rounded(value: f64, places: usize) -> f64 {
    let scale = 10_f64.powi(places as i32);
    let scaled = value * scale;
    if !scaled.is_finite() {
        return value;
    }
    // Far from a tie the nearest is certain; near one the exact decimals decide.
    let is_tie = (scaled - scaled.floor() - 0.5).abs() < 1e-6;
    if is_tie {
        return format!("{value:.places$}").parse().unwrap_or(value);
    }
    scaled.round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_to_even() {
        assert_eq!(rounded(0.25, 1), 0.2);
        assert_eq!(rounded(0.75, 1), 0.8);
        assert_eq!(rounded(0.35, 1), 0.3, "0.35 is a little less than that");
        assert_eq!(rounded(21.825, 2), 21.82);
        assert_eq!(rounded(-0.04, 1), 0.0);
    }
}
