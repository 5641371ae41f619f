//! Moments: what is worth seeing in a round, the best first.
//!
//! Every moment has a kind with its data ([`What`]), the stretch of time to play (nothing before and behind it), who did what, a place, a
//! sentence, and a score that is the sum of named parts. Scores compare moments of one round; they measure nothing.
//!
//! | kind | from | worth |
//! |---|---|---|
//! | multikill | [`super::alive`] | grows with the square of the kills |
//! | stand against odds | [`super::alive`] | kills of one who is alone, and whether he lived |
//! | team wipe | [`super::alive`], deaths | at least two killed in the last seconds, more when quick |
//! | trade chain | [`super::chains`] | three and more deaths in one line |
//! | quick trade | [`super::trades`] | a mate avenged within 1.5 s |
//! | first blood | [`super::alive`] | little; it is looked up, not admired |
//! | carried | `CARRIER_EVENTS` | how far from the pick-up, and how it ended |
//! | returned | `CARRIER_EVENTS`, `CARRIER_RETURNS` | by touch; after 30 s it returns by itself, which is no deed |
//! | planted, defused, destroyed, constructed, flag captured | `CONSTRUCTION_EVENTS`, `OBJECTIVE_RUNS` | more among enemies |
//! | last-second defence | the same, and engineers killed on their way | what it denied, and how late |
//! | long escape | `ENGAGEMENTS` on the living | attackers, damage, way, how little health was left |
//! | revive under fire | `REVIVES` | little |
//!
//! *Why these weights.* They were set by looking at the first ten of ten real rounds and asking which of two a caster would show. A
//! double kill happens every minute and is worth a quick trade; a triple happens a few times a round and is worth an objective; four and
//! more happen in one round of five and lead it. Odds count no further than twice the kills, because one who hides from six until
//! the next wave is no feat, and stands without a kill are left out for the same reason. A wipe without speed is a wave that trickled to its
//! death; half of its points are for speed. What decides a round (the objective in hand at its end, the wall gone, a defuse with half a
//! second on the fuse) stands above a triple kill, a plant that nobody contests far below. Construction is routine. An engineer killed on
//! his way is a kill like others, except in the last seconds. Escapes fill a round, so they need two things at once: several attackers,
//! or next to no health.
//!
//! *One story once.* A double kill inside a stand of the same player, a quick trade inside a chain and a second trade by the same kill are left
//! out. Any other moment whose deaths all lie in a better one keeps its place with [`Params::told_share`] less. Of several of one kind each
//! further one counts less ([`Params::repeated`]), so that the top of the list is not one kind ten times.
//!
//! Ranked by score, then by time, then by kind and player.
//!
//! What the rows mean and do not mean:
//! * A carry that ends with the round has the intermission camera as its place of drop; the carrier's last sample stands for it. Whether it was
//!   delivered in that moment or time ran out is not in the file.
//! * The tracker writes `dropped` where the carrier delivered, too; who was alive then *laid it down or delivered it*.
//! * A carry of a few ms by the flag's own team is its return by touch.
//! * The reviver is the one the engine names (`KILL_OUTCOME`) where there is one, else the tracker's guess (nearest medic).
//!
//! Unit ms, u. [`Moments::unseen`] says which kinds the file cannot show, and why. Known weakness: vehicles have no times at all; what
//! a place means is not known here, so a kill at the objective is worth what any kill is. O(n log n) in rows, plus moments².

mod fights;
mod objectives;
mod params;
mod rank;
mod survival;
mod unseen;
mod what;
mod words;

pub use params::Params;
pub use unseen::Unseen;
pub use what::{CarryEnd, Denial, Kind, What};

use super::alive::Alive;
use super::chains::Chain;
use super::deaths::Death;
use super::flags::RowFlags;
use super::trades::TradeChance;
use crate::model::{PlayerId, Presence, Round};
use serde::Serialize;

/// What somebody did in a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Killed.
    Killer,
    /// Was killed.
    Victim,
    /// Killed a mate's killer.
    Avenger,
    /// Stood alone.
    Alone,
    /// Planted, defused, built, captured.
    Engineer,
    /// Carried the objective.
    Carrier,
    /// Returned it.
    Returner,
    /// Got away.
    Escaped,
    /// Shot at him.
    Attacker,
    /// Revived.
    Medic,
    /// Was revived.
    Patient,
}

/// Somebody in a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Actor {
    /// Who.
    pub player: PlayerId,
    /// What he did.
    pub role: Role,
}

/// A part of a score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Part {
    /// What for.
    pub name: &'static str,
    /// Points; less than zero takes away.
    pub value: f64,
}

/// Something worth seeing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moment {
    /// What happened.
    #[serde(flatten)]
    pub what: What,
    /// From, ms.
    pub start_ms: i64,
    /// To, ms; the same for what happens at once.
    pub end_ms: i64,
    /// Who took part, the one it is about first; nobody twice in one role.
    pub actors: Vec<Actor>,
    /// Where: x, y, z.
    pub place: Option<[f32; 3]>,
    /// What happened as a sentence without names.
    pub reason: String,
    /// The sum of the parts.
    pub score: f64,
    /// What it is made of.
    pub parts: Vec<Part>,
    /// Its deaths, as indices into the deaths it was made of, in order.
    #[serde(skip)]
    pub deaths: Vec<usize>,
}

impl Moment {
    /// A moment with a score of nothing yet.
    fn new(what: What, start_ms: i64, end_ms: i64) -> Self {
        Self {
            reason: what.words(),
            what,
            start_ms,
            end_ms: end_ms.max(start_ms),
            actors: Vec::new(),
            place: None,
            score: 0.0,
            parts: Vec::new(),
            deaths: Vec::new(),
        }
    }

    fn actor(mut self, player: PlayerId, role: Role) -> Self {
        let actor = Actor { player, role };
        if !self.actors.contains(&actor) {
            self.actors.push(actor);
        }
        self
    }

    fn actors(self, players: impl IntoIterator<Item = PlayerId>, role: Role) -> Self {
        let players = players.into_iter();
        players.fold(self, |moment, player| moment.actor(player, role))
    }

    fn at(mut self, place: Option<[f32; 3]>) -> Self {
        self.place = place;
        self
    }

    fn telling(mut self, mut deaths: Vec<usize>) -> Self {
        deaths.sort_unstable();
        deaths.dedup();
        self.deaths = deaths;
        self
    }

    /// Adds points, if there are any.
    fn part(mut self, name: &'static str, value: f64) -> Self {
        if value != 0.0 && value.is_finite() {
            self.parts.push(Part { name, value });
            self.score = self.parts.iter().map(|part| part.value).sum();
        }
        self
    }

    /// The one it is about.
    pub fn protagonist(&self) -> Option<PlayerId> {
        self.actors.first().map(|actor| actor.player)
    }
}

/// The moments of a round.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Moments {
    /// The best first.
    pub list: Vec<Moment>,
    /// What the file cannot show.
    pub unseen: Vec<Unseen>,
}

/// What moments are made of: results over the same round.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The round.
    pub round: &'a Round,
    /// Its [`super::deaths::deaths`].
    pub deaths: &'a [Death],
    /// Its doubts.
    pub flags: &'a RowFlags,
    /// Its [`super::alive::alive`]; without tracks only multikills and first blood are in it.
    pub alive: &'a Alive,
    /// Its [`super::trades::trades`].
    pub chances: &'a [TradeChance],
    /// Its [`super::chains::chains`] of those.
    pub chains: &'a [Chain],
}

impl Sources<'_> {
    /// Where a player was by his last sample at or before `t_ms`, or in the moment of his death.
    fn position(&self, player: PlayerId, t_ms: i64) -> Option<[f32; 3]> {
        let at = |t_ms: i64| match self.round.presence_at(player, t_ms) {
            Presence::Alive { sample, .. } => {
                let (samples, index) = (self.round.samples(), sample.index);
                let pos = [samples.x[index], samples.y[index], samples.z[index]];
                (!self.flags.ghost_samples[index]).then_some(pos)
            }
            Presence::Absent(_) => None,
        };
        // Lives are half-open: at its end a player has just left his.
        at(t_ms).or_else(|| at(t_ms.saturating_sub(1)))
    }
}

/// The moments of a round, the best first.
pub fn moments(sources: &Sources<'_>, params: &Params) -> Moments {
    let mut all = fights::fights(sources, params);
    all.extend(objectives::objectives(sources, params));
    all.extend(survival::escapes(sources, params));
    all.extend(survival::revives(sources, params));
    Moments {
        list: rank::ranked(all, params),
        unseen: unseen::unseen(sources.round),
    }
}
