//! Who of a team is seen where at given times, and how he moves.

use crate::analysis::flags::RowFlags;
use crate::analysis::routes::{side_of, unseen_stretches};
use crate::model::format::Samples;
use crate::model::{Life, LifeId, PlayerId, Round};
use std::borrow::Cow;

/// A living player at one time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    pub(super) player: PlayerId,
    pub(super) place: [f32; 3],
    /// In the plane, u/s, over the window asked for; `None` where it is not known or was not asked for.
    pub(super) velocity: Option<[f64; 2]>,
}

/// Both sides at one time.
pub(super) struct Look<'a> {
    pub(super) t_ms: i64,
    /// Per side those seen, in an order that rows of a file do not change.
    pub(super) members: [&'a [Member]; 2],
    /// Per side, how many are alive but not seen.
    pub(super) unseen: [u32; 2],
}

/// Shows both sides at each of `times`, which are in ascending order; velocities over about `window_ms` where given. One walk along all lives
/// at once, which keeps those that are lived: O(samples + times · alive).
pub(super) fn look(
    round: &Round,
    flags: &RowFlags,
    times: &[i64],
    (oldest_ms, window_ms): (i64, Option<i64>),
    mut show: impl FnMut(&Look<'_>),
) {
    // Changes of the number alive, per side and time.
    let mut changes = [vec![0_i32; times.len() + 1], vec![0_i32; times.len() + 1]];
    let mut coming = Vec::new();
    for (rank, id) in canonical(round).into_iter().enumerate() {
        let life = round.life(id);
        let Some(side) = side_of(life.team) else {
            continue;
        };
        let from = times.partition_point(|t| *t < life.start_ms);
        let until = times.partition_point(|t| *t < life.end_ms);
        if from < until {
            changes[side][from] += 1;
            changes[side][until] -= 1;
            coming.push((from, rank, until, side, life));
        }
    }
    coming.sort_unstable_by_key(|(from, rank, ..)| (*from, *rank));
    for (start_ms, end_ms, team) in unseen_stretches(round) {
        if let Some(side) = side_of(Some(team)) {
            changes[side][times.partition_point(|t| *t < start_ms)] += 1;
            changes[side][times.partition_point(|t| *t < end_ms)] -= 1;
        }
    }
    let mut coming = coming.into_iter().peekable();
    let mut alive = [0_i32; 2];
    let mut walks: [Vec<Walk>; 2] = Default::default();
    let mut members: [Vec<Member>; 2] = Default::default();
    for (nth, &t_ms) in times.iter().enumerate() {
        while let Some((_, rank, until, side, life)) = coming.next_if(|next| next.0 == nth) {
            let place = walks[side].partition_point(|walk| walk.rank < rank);
            let walk = Walk::new(round, flags, life, (rank, until, window_ms));
            walks[side].insert(place, walk);
        }
        for side in 0..2 {
            alive[side] += changes[side][nth];
            let members = &mut members[side];
            members.clear();
            walks[side].retain_mut(|walk| {
                if walk.until_look <= nth {
                    return false;
                }
                walk.pass(t_ms);
                if walk.is_seen(t_ms, oldest_ms) {
                    // Of two lives of one player, which only damaged files have, the later counts.
                    members.pop_if(|last| last.player == walk.life.player);
                    members.push(walk.member(t_ms));
                }
                !walk.is_over(t_ms, oldest_ms)
            });
        }
        let unseen = |side: usize| {
            let alive = alive[side].max(0) as u32;
            alive.saturating_sub(members[side].len() as u32)
        };
        show(&Look {
            t_ms,
            members: [&members[0], &members[1]],
            unseen: [unseen(0), unseen(1)],
        });
    }
}

/// All lives by player's GUID and name, then start: the order in which sums are made, so that rounding does not depend on the file's order.
fn canonical(round: &Round) -> Vec<LifeId> {
    let mut players: Vec<PlayerId> = round.players.ids().collect();
    players.sort_by_key(|id| {
        let player = &round.players[*id];
        (round.text(player.guid), round.text(player.name))
    });
    let lives = players.into_iter().flat_map(|id| {
        let mut lives = round.lives_of(id).to_vec();
        lives.sort_by_key(|id| (round.life(*id).start_ms, round.life(*id).end_ms));
        lives
    });
    lives.collect()
}

/// Goes along one life with growing times.
struct Walk<'a> {
    samples: &'a Samples,
    flags: &'a RowFlags,
    life: &'a Life,
    /// Of the samples, in order.
    times: Cow<'a, [i32]>,
    /// Where the samples begin in the columns, if they are one stretch of them.
    start: Option<usize>,
    /// Place of the life in the canonical order.
    rank: usize,
    /// The first look (by its number) behind the end of the life.
    until_look: usize,
    window_ms: Option<i64>,
    /// There may be jumps or samples in limbo.
    has_breaks: bool,
    /// Samples at or before the time.
    until: usize,
    /// Samples at or before the start of the window.
    before: usize,
    /// Behind the last jump or sample in limbo: nothing before it tells how the player moves.
    since: usize,
}

impl<'a> Walk<'a> {
    fn new(
        round: &'a Round,
        flags: &'a RowFlags,
        life: &'a Life,
        (rank, until_look, window_ms): (usize, usize, Option<i64>),
    ) -> Self {
        let samples = round.samples();
        let range = life.sample_range();
        let start = range.as_ref().map(|range| range.start);
        let time = |index: usize| samples.time_ms[index];
        Self {
            samples,
            flags,
            life,
            times: match range {
                Some(range) => Cow::Borrowed(&samples.time_ms[range]),
                None => life.sample_indices().map(time).collect(),
            },
            start,
            rank,
            until_look,
            window_ms,
            has_breaks: window_ms.is_some() && has_breaks(flags, life),
            until: 0,
            before: 0,
            since: 0,
        }
    }

    fn index(&self, nth: usize) -> usize {
        match self.start {
            Some(start) => start + nth,
            None => self.life.sample_index(nth),
        }
    }

    fn time(&self, nth: usize) -> i64 {
        i64::from(self.times[nth])
    }

    /// To the first sample behind a time.
    #[inline]
    fn pass(&mut self, t_ms: i64) {
        let from = self.until;
        let coming = self.times[from..].iter();
        self.until += coming.take_while(|time| i64::from(**time) <= t_ms).count();
        if self.has_breaks {
            for nth in from.max(1)..self.until {
                let (from, to) = (self.index(nth - 1), self.index(nth));
                if self.flags.ghost_samples[from] || self.flags.jumped[to] {
                    self.since = nth;
                }
            }
        }
    }

    /// How old the last sample is, if there is one.
    fn age_ms(&self, t_ms: i64) -> Option<i64> {
        Some(t_ms.saturating_sub(self.time(self.until.checked_sub(1)?)))
    }

    fn is_seen(&self, t_ms: i64, oldest_ms: i64) -> bool {
        self.age_ms(t_ms).is_some_and(|age_ms| {
            let index = self.index(self.until - 1);
            let is_living = !self.flags.ghost_samples[index] && self.samples.health[index] > 0;
            age_ms <= oldest_ms && is_living
        })
    }

    /// The last sample is too old, and none comes.
    fn is_over(&self, t_ms: i64, oldest_ms: i64) -> bool {
        self.until == self.times.len() && self.age_ms(t_ms).is_some_and(|age| age > oldest_ms)
    }

    /// At the last sample.
    #[inline]
    fn member(&mut self, t_ms: i64) -> Member {
        let last = self.until - 1;
        let (samples, index) = (self.samples, self.index(last));
        Member {
            player: self.life.player,
            place: [samples.x[index], samples.y[index], samples.z[index]],
            velocity: self
                .window_ms
                .and_then(|window| self.velocity(t_ms, last, window)),
        }
    }

    /// From the last sample at or before the start of the window, or the life's first, to the last one.
    #[inline]
    fn velocity(&mut self, t_ms: i64, last: usize, window_ms: i64) -> Option<[f64; 2]> {
        let from_ms = t_ms.saturating_sub(window_ms);
        let coming = self.times[self.before..last.max(self.before)].iter();
        self.before += coming
            .take_while(|time| i64::from(**time) <= from_ms)
            .count();
        let first = self.before.saturating_sub(1).max(self.since);
        let ms = self.time(last).saturating_sub(self.time(first));
        // Shorter stretches are noise of rounded places; far longer ones are gaps.
        if ms * 2 < window_ms || ms > window_ms.saturating_mul(4) || ms <= 0 {
            return None;
        }
        let samples = self.samples;
        let (from, to) = (self.index(first), self.index(last));
        let seconds = ms as f64 / 1000.0;
        let delta = |axis: &[f32]| (f64::from(axis[to]) - f64::from(axis[from])) / seconds;
        Some([delta(&samples.x), delta(&samples.y)])
    }
}

/// Whether a life needs to be looked through for jumps and samples in limbo, of which most have none.
fn has_breaks(flags: &RowFlags, life: &Life) -> bool {
    life.sample_range().is_none_or(|range| {
        flags.jumped[range.clone()].contains(&true) || flags.ghost_samples[range].contains(&true)
    })
}
