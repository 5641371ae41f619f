//! What makes a row doubtful: recognised once, so that every number can leave it out or show it marked.
//!
//! | flag | on an engagement | on a life |
//! |---|---|---|
//! | `self_kill` | it ended with a death by his own hand | the life did |
//! | `team_kill` | … by a team mate | the life did |
//! | `world` | … by the world (a fall, the map) | the life did |
//! | `corpse` | it was opened on a dead body | – |
//! | `limbo_ghost` | – | it holds samples taken while the player was in limbo, where he carries the place of whom he watches |
//! | `bot` | the target is a bot | the player is |
//!
//! Known weakness: a body that was shot in a file without the target's track cannot be told, and is not flagged.

use super::deaths::{Death, DeathKind, SAME_DEATH_MS};
use crate::model::format::engagement::EngagementRow;
use crate::model::{Absence, Life, LifeEnd, PlayerId, Presence, Round};
use serde::{Serialize, Serializer};

/// One reason for doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flag {
    /// A death by one's own hand.
    SelfKill,
    /// A death by a team mate.
    TeamKill,
    /// A death by the world.
    World,
    /// Shots at a dead body.
    Corpse,
    /// Samples of a player in limbo.
    LimboGhost,
    /// A bot.
    Bot,
}

impl Flag {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 6] = [
        Self::SelfKill,
        Self::TeamKill,
        Self::World,
        Self::Corpse,
        Self::LimboGhost,
        Self::Bot,
    ];

    /// The word in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SelfKill => "self_kill",
            Self::TeamKill => "team_kill",
            Self::World => "world",
            Self::Corpse => "corpse",
            Self::LimboGhost => "limbo_ghost",
            Self::Bot => "bot",
        }
    }
}

/// A set of [`Flag`]s; in JSON a list of their names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flags(u8);

impl Flags {
    /// No doubt.
    pub const NONE: Self = Self(0);

    /// The set with one more flag.
    #[must_use]
    pub const fn with(self, flag: Flag) -> Self {
        Self(self.0 | 1 << flag as u8)
    }

    /// The set with `flag` where `holds`.
    #[must_use]
    pub const fn with_if(self, flag: Flag, holds: bool) -> Self {
        if holds { self.with(flag) } else { self }
    }

    /// Whether `flag` is in it.
    pub const fn has(self, flag: Flag) -> bool {
        self.0 & 1 << flag as u8 != 0
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The flags in it.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.into_iter().filter(move |flag| self.has(*flag))
    }
}

impl Serialize for Flags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Flag::name))
    }
}

/// The flags of every engagement, life and sample of a round.
#[derive(Clone, Debug, Default)]
pub struct RowFlags {
    /// Per row of `ENGAGEMENTS`.
    pub engagements: Vec<Flags>,
    /// Per life of [`Round::lives`].
    pub lives: Vec<Flags>,
    /// Per sample of [`Round::samples`]: taken in limbo, not to be used.
    pub ghost_samples: Vec<bool>,
    /// Per sample: how long it holds, ms: until the next one of its life or the end of the life, at most twice the cadence, so that gaps
    /// do not count. A sample taken in limbo, of a dead player or of no life holds no time.
    pub held_ms: Vec<i32>,
    /// Per sample: the way from the one before it in its life is no way a player can go: over 300 u at more than 1200 u/s, in three
    /// dimensions; or it is the last point of a life that the end of the round cut and more than 1200 u/s away: trackers up to 6.11 write
    /// the place of the intermission's camera there.
    pub jumped: Vec<bool>,
}

/// A jump faster than this is not a player's way, u/s.
const FASTEST_U_PER_S: f32 = 1200.0;
/// Shorter jumps happen on stairs, lifts and explosions, u.
const SHORTEST_JUMP_U: f32 = 300.0;

impl RowFlags {
    /// Flags of a round; `deaths` are [`super::deaths::deaths`] of the same round. O(samples + engagements · log deaths).
    pub fn of(round: &Round, deaths: &[Death]) -> Self {
        let rows = &round.document.engagements.table.rows;
        let walked = Walked::of(round);
        Self {
            engagements: rows
                .iter()
                .map(|row| engagement_flags(round, deaths, row))
                .collect(),
            lives: round
                .lives()
                .iter()
                .map(|life| life_flags(round, life, &walked.ghosts))
                .collect(),
            ghost_samples: walked.ghosts,
            held_ms: walked.held_ms,
            jumped: walked.jumped,
        }
    }

    /// Whether an engagement is a fight between enemies on a living target, bots included.
    pub fn is_fight(&self, engagement: usize) -> bool {
        let flags = self.engagements[engagement];
        [Flag::SelfKill, Flag::TeamKill, Flag::World, Flag::Corpse]
            .iter()
            .all(|flag| !flags.has(*flag))
    }
}

fn kind_flag(kind: DeathKind) -> Flags {
    match kind {
        DeathKind::SelfKill => Flags::NONE.with(Flag::SelfKill),
        DeathKind::TeamKill => Flags::NONE.with(Flag::TeamKill),
        DeathKind::World => Flags::NONE.with(Flag::World),
        DeathKind::Enemy | DeathKind::Unknown => Flags::NONE,
    }
}

fn engagement_flags(round: &Round, deaths: &[Death], row: &EngagementRow) -> Flags {
    let Some(target) = round.players.find(row.target_guid, row.target_name) else {
        return Flags::NONE;
    };
    let ends_with_death = matches!(
        round.text(row.outcome),
        "killed" | "teamkill" | "selfkill" | "fallen" | "world"
    );
    let death = row
        .end_time
        .filter(|_| ends_with_death)
        .and_then(|end_ms| find_death(deaths, target, end_ms));
    death
        .map_or(Flags::NONE, |death| kind_flag(death.kind))
        .with_if(
            Flag::Corpse,
            is_on_corpse(round, target, row.start_time, ends_with_death),
        )
        .with_if(Flag::Bot, round.players[target].is_bot)
}

/// The victim's death nearest to `t_ms`, at most [`SAME_DEATH_MS`] away.
pub(super) fn find_death(deaths: &[Death], victim: PlayerId, t_ms: i64) -> Option<&Death> {
    let from = deaths.partition_point(|death| death.t_ms < t_ms - SAME_DEATH_MS);
    let near = deaths[from..]
        .iter()
        .take_while(|death| death.t_ms <= t_ms + SAME_DEATH_MS);
    near.filter(|death| death.victim == victim)
        .min_by_key(|death| (death.t_ms - t_ms).abs())
}

/// Whether a fight that opened at `t_ms` opened on a body: the target's last known state is dead. An engagement that opens in the very
/// moment of a death is the death itself if it ends with one.
fn is_on_corpse(round: &Round, target: PlayerId, t_ms: i64, ends_with_death: bool) -> bool {
    match round.presence_at(target, t_ms) {
        Presence::Absent(Absence::Dead { since_ms, .. }) => {
            t_ms > since_ms || (t_ms == since_ms && !ends_with_death)
        }
        _ => false,
    }
}

fn life_flags(round: &Round, life: &Life, ghosts: &[bool]) -> Flags {
    let end = match life.end {
        LifeEnd::SelfKill => Flags::NONE.with(Flag::SelfKill),
        LifeEnd::TeamKill => Flags::NONE.with(Flag::TeamKill),
        LifeEnd::World | LifeEnd::Fallen => Flags::NONE.with(Flag::World),
        _ => Flags::NONE,
    };
    end.with_if(
        Flag::LimboGhost,
        life.sample_indices().any(|index| ghosts[index]),
    )
    .with_if(Flag::Bot, round.players[life.player].is_bot)
}

/// What one walk through the samples of all lives tells of each.
struct Walked {
    ghosts: Vec<bool>,
    held_ms: Vec<i32>,
    jumped: Vec<bool>,
}

impl Walked {
    /// A sample is a ghost's when the player has no health and the recorded sprint bit, which is the engine's limbo bit, is set; or when he
    /// has no health and jumped there. The last point of a life, which is written at the death, has no health either, but neither.
    fn of(round: &Round) -> Self {
        let samples = round.samples();
        let mut walked = Self {
            ghosts: vec![false; samples.len()],
            held_ms: vec![0; samples.len()],
            jumped: vec![false; samples.len()],
        };
        let longest_ms = (2 * round.cadence_ms()).min(i64::from(i32::MAX));
        let hold = |index: usize, until_ms: i64| {
            let held_ms = until_ms.saturating_sub(i64::from(samples.time_ms[index]));
            held_ms.clamp(0, longest_ms) as i32
        };
        for life in round.lives() {
            let mut last: Option<usize> = None;
            for index in life.sample_indices() {
                let is_dead = samples.health[index] <= 0;
                if let Some(last) = last {
                    walked.jumped[index] = is_jump(round, last, index);
                    if samples.health[last] > 0 {
                        walked.held_ms[last] = hold(last, i64::from(samples.time_ms[index]));
                    }
                }
                walked.ghosts[index] =
                    is_dead && (samples.sprint[index] == 1 || walked.jumped[index]);
                last = Some(index);
            }
            if let Some(last) = last {
                if samples.health[last] > 0 {
                    walked.held_ms[last] = hold(last, life.end_ms);
                }
                let is_cut = matches!(life.end, LifeEnd::RoundEnd | LifeEnd::Shutdown);
                let before = life.sample_count().checked_sub(2);
                if let Some(before) = before.filter(|_| is_cut) {
                    // That point is where the intermission's camera stands, if only a short way off.
                    walked.jumped[last] |= is_too_fast(round, life.sample_index(before), last);
                }
            }
        }
        walked
    }
}

/// Whether the way between two samples is no way a player can go: over 300 u at more than 1200 u/s, in three dimensions.
#[inline]
pub(super) fn is_jump(round: &Round, from: usize, to: usize) -> bool {
    // Nearly all steps are short, and need no root.
    way_sq(round, from, to) > SHORTEST_JUMP_U * SHORTEST_JUMP_U && is_too_fast(round, from, to)
}

/// Whether the way between two samples was faster than 1200 u/s, in three dimensions.
fn is_too_fast(round: &Round, from: usize, to: usize) -> bool {
    let times = &round.samples().time_ms;
    let step_ms = i64::from(times[to]) - i64::from(times[from]);
    way_sq(round, from, to).sqrt() > FASTEST_U_PER_S * step_ms.max(1) as f32 / 1000.0
}

#[inline]
fn way_sq(round: &Round, from: usize, to: usize) -> f32 {
    let samples = round.samples();
    let [dx, dy, dz] = [&samples.x, &samples.y, &samples.z].map(|axis| axis[to] - axis[from]);
    dx * dx + dy * dy + dz * dz
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_lists_its_flags_by_name() {
        let set = Flags::NONE
            .with(Flag::Bot)
            .with_if(Flag::Corpse, true)
            .with_if(Flag::World, false);
        assert!(set.has(Flag::Bot) && set.has(Flag::Corpse) && !set.has(Flag::World));
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"["corpse","bot"]"#);
        assert!(Flags::NONE.is_empty() && !set.is_empty());
    }
}
