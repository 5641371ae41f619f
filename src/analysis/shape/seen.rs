//! Who of a team is seen where at given times, and how he moves.

use crate::analysis::flags::{RowFlags, is_jump};
use crate::analysis::routes::{side_of, unseen_stretches};
use crate::model::{Life, LifeId, PlayerId, Round};

/// A living player at one time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    pub(super) player: PlayerId,
    pub(super) place: [f64; 3],
    /// In the plane, u/s, over the window asked for; `None` where it is not known or was not asked for.
    pub(super) velocity: Option<[f64; 2]>,
}

/// The members of both sides at each of some times.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Per time and side, from where in `members` and how many.
    spans: Vec<(u32, u32)>,
    members: Vec<Member>,
    /// Per time and side, how many are alive.
    alive: Vec<u32>,
}

impl Seen {
    /// At `times`, in ascending order; velocities over about `window_ms` where given. O(samples + times · alive).
    pub(super) fn at(
        round: &Round,
        flags: &RowFlags,
        times: &[i64],
        oldest_ms: i64,
        window_ms: Option<i64>,
    ) -> Self {
        let cells = times.len() * 2;
        let mut found: Vec<(u32, Member)> = Vec::with_capacity(times.len() * 8);
        // Changes of the number alive, per side and time.
        let mut changes = [vec![0_i32; times.len() + 1], vec![0_i32; times.len() + 1]];
        for id in canonical(round) {
            let life = round.life(id);
            let Some(side) = side_of(life.team) else {
                continue;
            };
            let from = times.partition_point(|t| *t < life.start_ms);
            let until = times.partition_point(|t| *t < life.end_ms);
            if from >= until {
                continue;
            }
            changes[side][from] += 1;
            changes[side][until] -= 1;
            let mut walk = Walk::new(round, flags, life, window_ms);
            for (nth, &t_ms) in times.iter().enumerate().take(until).skip(from) {
                match walk.at(t_ms, oldest_ms) {
                    Step::Seen(member) => found.push(((nth * 2 + side) as u32, member)),
                    Step::Unseen => {}
                    Step::NeverAgain => break,
                }
            }
        }
        for (start_ms, end_ms, team) in unseen_stretches(round) {
            if let Some(side) = side_of(Some(team)) {
                changes[side][times.partition_point(|t| *t < start_ms)] += 1;
                changes[side][times.partition_point(|t| *t < end_ms)] -= 1;
            }
        }
        let mut seen = Self {
            spans: Vec::with_capacity(cells),
            members: Vec::new(),
            alive: vec![0; cells],
        };
        for (side, changes) in changes.iter().enumerate() {
            let mut alive = 0;
            for (nth, change) in changes.iter().take(times.len()).enumerate() {
                alive += change;
                seen.alive[nth * 2 + side] = alive.max(0) as u32;
            }
        }
        seen.fill(&found, cells);
        seen
    }

    /// Puts members into their cells, keeping their order. Of two lives of one player, which only damaged files have, the later counts.
    fn fill(&mut self, found: &[(u32, Member)], cells: usize) {
        let Some((_, any)) = found.first() else {
            self.spans = vec![(0, 0); cells];
            return;
        };
        let mut counts = vec![0_u32; cells];
        for (cell, _) in found {
            counts[*cell as usize] += 1;
        }
        let mut start = 0;
        for count in counts {
            self.spans.push((start, 0));
            start += count;
        }
        self.members = vec![*any; found.len()];
        for (cell, member) in found {
            let (start, len) = &mut self.spans[*cell as usize];
            let last = (*start + *len).wrapping_sub(1) as usize;
            if *len > 0 && self.members[last].player == member.player {
                self.members[last] = *member;
            } else {
                self.members[(*start + *len) as usize] = *member;
                *len += 1;
            }
        }
    }

    /// Those of a side seen at the nth time, in an order that rows of a file do not change.
    pub(super) fn members(&self, nth: usize, side: usize) -> &[Member] {
        let (start, len) = self.spans[nth * 2 + side];
        &self.members[start as usize..(start + len) as usize]
    }

    /// How many of a side are alive but not seen.
    pub(super) fn unseen(&self, nth: usize, side: usize) -> u32 {
        self.alive[nth * 2 + side].saturating_sub(self.spans[nth * 2 + side].1)
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

enum Step {
    Seen(Member),
    /// Not now.
    Unseen,
    /// And not later: the last sample is too old.
    NeverAgain,
}

/// Goes along one life with growing times.
struct Walk<'a> {
    round: &'a Round,
    flags: &'a RowFlags,
    life: &'a Life,
    window_ms: Option<i64>,
    /// Samples at or before the time.
    until: usize,
    /// Samples at or before the start of the window.
    before: usize,
    /// Behind the last jump or sample in limbo: nothing before it tells how the player moves.
    since: usize,
}

impl<'a> Walk<'a> {
    fn new(round: &'a Round, flags: &'a RowFlags, life: &'a Life, window_ms: Option<i64>) -> Self {
        Self {
            round,
            flags,
            life,
            window_ms,
            until: 0,
            before: 0,
            since: 0,
        }
    }

    fn time(&self, nth: usize) -> i64 {
        i64::from(self.round.samples().time_ms[self.life.sample_index(nth)])
    }

    fn at(&mut self, t_ms: i64, oldest_ms: i64) -> Step {
        let samples = self.round.samples();
        while self.until < self.life.sample_count() && self.time(self.until) <= t_ms {
            if self.until > 0 && self.window_ms.is_some() {
                let (from, to) = (
                    self.life.sample_index(self.until - 1),
                    self.life.sample_index(self.until),
                );
                if self.flags.ghost_samples[from] || is_jump(self.round, from, to) {
                    self.since = self.until;
                }
            }
            self.until += 1;
        }
        let Some(last) = self.until.checked_sub(1) else {
            return Step::Unseen;
        };
        if t_ms.saturating_sub(self.time(last)) > oldest_ms {
            return if self.until == self.life.sample_count() {
                Step::NeverAgain
            } else {
                Step::Unseen
            };
        }
        let index = self.life.sample_index(last);
        if self.flags.ghost_samples[index] || samples.health[index] <= 0 {
            return Step::Unseen;
        }
        Step::Seen(Member {
            player: self.life.player,
            place: [samples.x[index], samples.y[index], samples.z[index]].map(f64::from),
            velocity: self
                .window_ms
                .and_then(|window| self.velocity(t_ms, last, window)),
        })
    }

    /// From the last sample at or before the start of the window, or the life's first, to the last one.
    fn velocity(&mut self, t_ms: i64, last: usize, window_ms: i64) -> Option<[f64; 2]> {
        let from_ms = t_ms.saturating_sub(window_ms);
        while self.before < last && self.time(self.before) <= from_ms {
            self.before += 1;
        }
        let first = self.before.saturating_sub(1).max(self.since);
        let ms = self.time(last).saturating_sub(self.time(first));
        // Shorter stretches are noise of rounded places; far longer ones are gaps.
        if ms * 2 < window_ms || ms > window_ms.saturating_mul(4) || ms <= 0 {
            return None;
        }
        let samples = self.round.samples();
        let (from, to) = (self.life.sample_index(first), self.life.sample_index(last));
        let seconds = ms as f64 / 1000.0;
        let delta = |axis: &[f32]| (f64::from(axis[to]) - f64::from(axis[from])) / seconds;
        Some([delta(&samples.x), delta(&samples.y)])
    }
}
