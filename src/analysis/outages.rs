//! How long every death took its victim out of the round, measured from when he was back; and who denied it to whom.
//!
//! An *outage* runs from a death to the victim's next life or next revive, whichever comes first. Where neither comes before the end of the
//! round it runs to that end and is marked ([`Back::RoundOver`]). Where he dies again before either, he had come back in a way the file
//! does not tell (trackers before 5.0b write no revives): then the time is not known and not counted ([`Back::Unseen`]). *Denied* time is the time
//! of outages by an enemy, credited to him and his team. No reinforcement clock is needed.
//!
//! The tracker's own column (`KILL_OUTCOME.effective_denied_ms`) stands beside ours where a row matches victim and time. It is not a measurement:
//! for `gibbed` it is a forecast, and for `tapped_out` the time to the *next* wave is added in the moment he lands on one, which is a frame
//! too much where landings come just before the recorded wave, and nearly a whole interval where they come at or behind it.
//!
//! Source: deaths of [`super::deaths`], `PLAYER_TRACKS`, `REVIVES`, `KILL_OUTCOME`. Unit ms. Known weakness: before 5.0b a revive that was not
//! followed by another death is not seen, and the outage runs to his next life; a player who left the server while dead counts as out to
//! the end. O(deaths · (log deaths + log lives) + outcomes · log deaths).

use super::deaths::{Death, DeathKind, SAME_DEATH_MS};
use crate::model::{PlayerId, Round, Team};
use serde::Serialize;

/// How an outage ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Back {
    /// With a new life.
    Landed,
    /// With a revive.
    Revived,
    /// Not before the end of the round.
    RoundOver,
    /// He died again without having been seen to come back.
    Unseen,
}

/// What the tracker says about a kill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrackerOutcome {
    /// `gibbed`, `revived`, `tapped_out`, `round_end` or `expired`.
    pub outcome: String,
    /// From the kill to that outcome, ms.
    pub delta_ms: i64,
    /// Its denied time, ms.
    pub effective_denied_ms: i64,
    /// That less ours, ms; `None` where ours is not known.
    pub difference_ms: Option<i64>,
}

/// What one death cost its victim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outage {
    /// When he died, ms.
    pub t_ms: i64,
    /// Who died.
    pub victim: PlayerId,
    /// For which team.
    #[serde(serialize_with = "team_tag")]
    pub victim_team: Option<Team>,
    /// The enemy who did it; `None` for deaths of any other kind.
    pub denied_by: Option<PlayerId>,
    /// When he was back, or the round over, ms; `None` when unseen.
    pub until_ms: Option<i64>,
    /// How it ended.
    pub back: Back,
    /// The tracker's row for it.
    pub tracker: Option<TrackerOutcome>,
}

impl Outage {
    /// How long he was out, ms; `None` when unseen.
    pub fn out_ms(&self) -> Option<i64> {
        self.until_ms
            .map(|until| until.saturating_sub(self.t_ms).max(0))
    }
}

/// Sums of outages, of a player or a team.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Denied {
    /// Enemies killed.
    pub kills: u32,
    /// Of these, whose time out is known.
    pub measured: u32,
    /// Of these, until the end of the round.
    pub to_the_end: u32,
    /// Time out of enemies he killed, ms.
    pub denied_ms: i64,
    /// Own deaths of any kind whose time out is known.
    pub deaths_measured: u32,
    /// Own time out, ms.
    pub lost_ms: i64,
    /// Kills with both our and the tracker's number.
    pub compared: u32,
    /// Our denied time over these, ms.
    pub compared_denied_ms: i64,
    /// The tracker's over these, ms.
    pub tracker_denied_ms: i64,
}

impl Denied {
    /// Denied time per kill with a known one, ms; `None` without any.
    pub fn per_kill_ms(&self) -> Option<f64> {
        (self.measured > 0).then(|| self.denied_ms as f64 / f64::from(self.measured))
    }

    fn add_denied(&mut self, outage: &Outage) {
        self.kills += 1;
        let Some(out_ms) = outage.out_ms() else {
            return;
        };
        self.measured += 1;
        self.to_the_end += u32::from(outage.back == Back::RoundOver);
        self.denied_ms = self.denied_ms.saturating_add(out_ms);
        if let Some(tracker) = &outage.tracker {
            self.compared += 1;
            self.compared_denied_ms = self.compared_denied_ms.saturating_add(out_ms);
            let theirs = tracker.effective_denied_ms;
            self.tracker_denied_ms = self.tracker_denied_ms.saturating_add(theirs);
        }
    }

    fn add_lost(&mut self, outage: &Outage) {
        if let Some(out_ms) = outage.out_ms() {
            self.deaths_measured += 1;
            self.lost_ms = self.lost_ms.saturating_add(out_ms);
        }
    }
}

/// All outages of a round with their sums.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outages {
    /// One per death, in the order of the deaths.
    pub all: Vec<Outage>,
    /// By player (indexed by [`PlayerId`]).
    pub players: Vec<Denied>,
    /// Denied by the Axis, and lost by them.
    pub axis: Denied,
    /// Denied by the Allies, and lost by them.
    pub allies: Denied,
}

/// The outages of a round; `deaths` are its [`super::deaths::deaths`]. Without lives there are none, as nobody is seen to come back.
pub fn outages(round: &Round, deaths: &[Death]) -> Outages {
    let mut result = Outages {
        players: vec![Denied::default(); round.players.len()],
        ..Outages::default()
    };
    if round.lives().is_empty() {
        return result;
    }
    let next_deaths = next_deaths(deaths, round.players.len());
    for (death, next_death) in deaths.iter().zip(next_deaths) {
        let (back, until_ms) = back(round, death, next_death);
        let denied_by = death.killer.filter(|_| death.kind == DeathKind::Enemy);
        result.all.push(Outage {
            t_ms: death.t_ms,
            victim: death.victim,
            victim_team: death.victim_team,
            denied_by,
            until_ms,
            back,
            tracker: None,
        });
    }
    add_tracker(round, &mut result.all);
    for (outage, death) in result.all.iter().zip(deaths) {
        result.players[outage.victim.index()].add_lost(outage);
        if let Some(killer) = outage.denied_by {
            result.players[killer.index()].add_denied(outage);
        }
        for (team, sum) in [
            (Team::Axis, &mut result.axis),
            (Team::Allies, &mut result.allies),
        ] {
            if outage.victim_team == Some(team) {
                sum.add_lost(outage);
            }
            // By the killer's own team: he may be known where his victim's is not.
            let killer_team = death
                .killer_team
                .or(outage.victim_team.and_then(Team::opponent));
            if outage.denied_by.is_some() && killer_team == Some(team) {
                sum.add_denied(outage);
            }
        }
    }
    result
}

/// For every death when the same player dies next.
fn next_deaths(deaths: &[Death], players: usize) -> Vec<Option<i64>> {
    let mut next = vec![None; players];
    let mut all: Vec<Option<i64>> = deaths
        .iter()
        .rev()
        .map(|death| next[death.victim.index()].replace(death.t_ms))
        .collect();
    all.reverse();
    all
}

fn back(round: &Round, death: &Death, next_death: Option<i64>) -> (Back, Option<i64>) {
    let lives = round.lives_of(death.victim);
    let begun = lives.partition_point(|id| round.life(*id).start_ms <= death.t_ms);
    let life = lives.get(begun).map(|id| round.life(*id).start_ms);
    let revives = round.revives_of(death.victim);
    let revive = revives.get(revives.partition_point(|t| *t <= death.t_ms));
    let landed = life.map(|t| (t, Back::Landed));
    // A life that begins in the moment of a revive is the revive.
    let revived = revive.map(|t| (*t, Back::Revived));
    let first = [revived, landed]
        .into_iter()
        .flatten()
        .min_by_key(|back| back.0);
    match (first, next_death) {
        (Some((t, _)), Some(next)) if next < t => (Back::Unseen, None),
        (Some((t, back)), _) => (back, Some(t)),
        (None, Some(_)) => (Back::Unseen, None),
        (None, None) => (Back::RoundOver, Some(round.clock.end_ms.max(death.t_ms))),
    }
}

/// Gives every outcome row to the outage of its victim nearest in time. Where several rows fit one outage the nearest is kept, the earlier
/// among equals.
fn add_tracker(round: &Round, all: &mut [Outage]) {
    let mut nearest: Vec<Option<u64>> = vec![None; all.len()];
    for row in &round.document.tables.kill_outcomes.rows {
        let Some(victim) = round.players.find(row.victim_guid, row.victim_name) else {
            continue;
        };
        let from = all.partition_point(|o| o.t_ms < row.kill_time.saturating_sub(SAME_DEATH_MS));
        let until = all.partition_point(|o| o.t_ms <= row.kill_time.saturating_add(SAME_DEATH_MS));
        let near = (from..until).filter(|nth| all[*nth].victim == victim);
        let Some(nth) = near.min_by_key(|nth| all[*nth].t_ms.abs_diff(row.kill_time)) else {
            continue;
        };
        let off = all[nth].t_ms.abs_diff(row.kill_time);
        if nearest[nth].is_some_and(|known| known <= off) {
            continue;
        }
        nearest[nth] = Some(off);
        let effective_denied_ms = row.effective_denied_ms;
        let ours = all[nth].out_ms();
        all[nth].tracker = Some(TrackerOutcome {
            outcome: round.text(row.outcome).to_owned(),
            delta_ms: row.delta_ms,
            effective_denied_ms,
            difference_ms: ours.map(|ours| effective_denied_ms.saturating_sub(ours)),
        });
    }
}

/// A team as the word in round files.
#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape serde calls"
)]
fn team_tag<S: serde::Serializer>(team: &Option<Team>, serializer: S) -> Result<S::Ok, S::Error> {
    team.map(Team::tag).serialize(serializer)
}
