//! What is behind one cell: the moments, lives and engagements that were counted there.

use super::grid::At;
use super::walk::{Asked, Left, Sink, Source, Taken, walk};
use super::{Filter, Kind, Params, why_not};
use crate::model::PlayerId;
use rayon::prelude::*;
use serde::Serialize;

/// A stay of somebody in the cell, or an event in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Moment {
    /// Index of the round in the set.
    pub round: u32,
    /// When, or from when, ms on the file's clock.
    pub t_ms: i64,
    /// Until when; for an event the same moment.
    pub until_ms: i64,
    /// Of whom; `None` where the row names nobody known.
    pub player: Option<PlayerId>,
    /// His life ([`crate::model::Round::lives`]): the one he was in, or had last.
    pub life: Option<u32>,
    /// Row of `ENGAGEMENTS`, for kills, deaths, combat and escapes.
    pub engagement: Option<u32>,
    /// Time in the cell, ms; 1 for an event.
    pub sum: i64,
    /// Samples of a stay; 1 for an event.
    pub n: u32,
}

/// A life behind a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct BehindLife {
    /// Index of the round in the set.
    pub round: u32,
    /// Index in [`crate::model::Round::lives`].
    pub life: u32,
}

/// An engagement behind a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct BehindRow {
    /// Index of the round in the set.
    pub round: u32,
    /// Row of `ENGAGEMENTS`, from 0.
    pub engagement: u32,
}

/// What is behind a cell. The lists are in order and hold the first ones only, as many as were asked for; the counts are complete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Behind {
    /// The cell's sum: ms or events.
    pub sum: i64,
    /// The cell's samples or events.
    pub n: u64,
    /// Stays or events.
    pub moments_in_all: u32,
    /// By round and time.
    pub moments: Vec<Moment>,
    /// Different lives.
    pub lives_in_all: u32,
    /// By round and index.
    pub lives: Vec<BehindLife>,
    /// Different engagements.
    pub engagements_in_all: u32,
    /// By round and row.
    pub engagements: Vec<BehindRow>,
}

/// What [`super::density()`] of the same arguments counted in the cell `at`: at most `most` moments, lives and engagements each. Samples that
/// follow each other without a gap are one stay. Walks the whole set again: O(samples) or O(events · log events), in parallel.
pub fn behind(
    sources: &[Source<'_>],
    kind: Kind,
    filter: &Filter,
    params: &Params,
    at: At,
    most: usize,
) -> Behind {
    let params = params.kept();
    let asked = Asked {
        kind,
        filter,
        params: &params,
    };
    let of_round = |(source, round): (&Source<'_>, u32)| {
        let mut list = List::new(at, round);
        if why_not(sources, source, kind).is_none() {
            walk(source, asked, &mut list);
        }
        list.moments.sort_unstable();
        list.moments
    };
    let indices: Vec<u32> = (0..sources.len() as u32).collect();
    let of_rounds: Vec<Vec<Moment>> = sources.par_iter().zip(indices).map(of_round).collect();
    let mut moments: Vec<Moment> = of_rounds.into_iter().flatten().collect();
    let distinct_lives = distinct(moments.iter().filter_map(|moment| {
        let (round, life) = (moment.round, moment.life?);
        Some(BehindLife { round, life })
    }));
    let distinct_rows = distinct(moments.iter().filter_map(|moment| {
        let (round, engagement) = (moment.round, moment.engagement?);
        Some(BehindRow { round, engagement })
    }));
    let mut found = Behind {
        sum: moments.iter().map(|moment| moment.sum).sum(),
        n: moments.iter().map(|moment| u64::from(moment.n)).sum(),
        moments_in_all: moments.len() as u32,
        lives_in_all: distinct_lives.len() as u32,
        engagements_in_all: distinct_rows.len() as u32,
        ..Behind::default()
    };
    moments.truncate(most);
    found.moments = moments;
    found.lives = distinct_lives.into_iter().take(most).collect();
    found.engagements = distinct_rows.into_iter().take(most).collect();
    found
}

fn distinct<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The moments in one cell of one round.
struct List {
    at: At,
    round: u32,
    life: Option<u32>,
    player: Option<PlayerId>,
    moments: Vec<Moment>,
    /// Where the moments of the life that is being walked begin.
    life_from: usize,
}

impl List {
    fn new(at: At, round: u32) -> Self {
        Self {
            at,
            round,
            life: None,
            player: None,
            moments: Vec::new(),
            life_from: 0,
        }
    }
}

impl Sink for List {
    fn begin_round(&mut self) {}

    fn begin_life(&mut self, life: Option<u32>, player: Option<PlayerId>) {
        (self.life, self.player) = (life, player);
        self.life_from = self.moments.len();
    }

    fn take(&mut self, at: At, taken: Taken) {
        if at != self.at {
            return;
        }
        let stay = self.moments[self.life_from..].last_mut();
        let is_sample = taken.until_ms > taken.t_ms;
        if let Some(stay) = stay.filter(|stay| is_sample && stay.until_ms == taken.t_ms) {
            stay.until_ms = taken.until_ms;
            stay.sum += taken.sum;
            stay.n += 1;
            return;
        }
        self.moments.push(Moment {
            round: self.round,
            t_ms: taken.t_ms,
            until_ms: taken.until_ms,
            player: self.player,
            life: self.life,
            engagement: taken.engagement,
            sum: taken.sum,
            n: 1,
        });
    }

    fn leave(&mut self, _: Left, _: u64) {}
}
