//! What is kept of one round: counts per player and class, the length of every life, and what each pair of team mates did together.
//!
//! Events belong to the class of the life the player was in or had last; time after a revive to that of his last life. A round of 24 players
//! takes about 30 KB, so thousands of them fit into memory. Computed once per round; O(samples · team mates + rows · log lives).

use super::super::alive::{AliveStretch, alive_stretches};
use super::super::deaths::{Death, deaths};
use super::super::flags::RowFlags;
use super::super::movement::{Movement, life_movements};
use super::super::objective_focus::{Focus, objective_focus};
use super::super::outages::{Outages, outages};
use super::super::person::Person;
use super::super::support::{self, Support, support};
use super::super::trades::{self, TradeChance, trades};
use super::collect::Collector;
use super::tally::Tally;
use crate::maps::objective::Objective;
use crate::model::{Class, Round};
use serde::{Serialize, Serializer};

/// Constants.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// Team mates at most this far apart (two dimensions) are near each other, u.
    pub near_u: f32,
    /// Of the trade chances.
    pub trades: trades::Params,
    /// Of the support.
    pub support: support::Params,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            near_u: 600.0,
            trades: trades::Params::default(),
            support: support::Params::default(),
        }
    }
}

/// Results of one round that its facts are made of.
#[derive(Clone, Copy, Debug)]
pub struct Results<'a> {
    /// Of [`super::super::deaths`].
    pub deaths: &'a [Death],
    /// Of [`super::super::flags`].
    pub flags: &'a RowFlags,
    /// Of [`super::super::trades`], from these deaths.
    pub trades: &'a [TradeChance],
    /// Of [`super::super::support`].
    pub support: &'a Support,
    /// Of [`super::super::movement`], by life.
    pub movements: &'a [Movement],
    /// Of [`super::super::outages`].
    pub outages: &'a Outages,
    /// Of [`super::super::alive`].
    pub stretches: &'a [AliveStretch],
    /// Of [`super::super::objective_focus`]; `None` where no objective is known.
    pub focus: Option<&'a Focus>,
}

/// The facts of one round.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RoundFacts {
    /// The map, in small letters.
    pub map: String,
    /// Length of the round, ms.
    pub length_ms: i64,
    /// Who played, in order of [`Person`].
    pub players: Vec<PlayerFacts>,
    /// Pairs of team mates, in order of their players.
    pub pairs: Vec<PairFacts>,
}

/// One player in one round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlayerFacts {
    /// Who; its name is empty where a GUID tells it.
    pub person: Person,
    /// His name, with colour codes.
    pub name: String,
    /// A bot.
    pub is_bot: bool,
    /// What he did as which class, in order of the classes; unknown first.
    pub parts: Vec<ClassPart>,
    /// What is only known of the whole round: `WEAPON_ACCURACY`.
    pub whole: Tally,
}

impl PlayerFacts {
    /// Everything together.
    pub fn total(&self) -> Tally {
        let mut total = self.whole;
        for part in &self.parts {
            total.add(&part.tally);
        }
        total
    }
}

/// One player as one class in one round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassPart {
    /// The class; `None` where the file names none.
    #[serde(serialize_with = "class_tag")]
    pub class: Option<Class>,
    /// What he did.
    pub tally: Tally,
    /// Lengths of the lives that ended by themselves, ms, sorted.
    pub life_ms: Vec<i64>,
    /// Lengths of the lives that the end of the round or leaving cut, ms, sorted.
    pub cut_life_ms: Vec<i64>,
    /// From the start of a life to the first move, ms, sorted.
    pub first_move_ms: Vec<i64>,
}

impl ClassPart {
    pub(super) fn new(class: Option<Class>) -> Self {
        Self {
            class,
            tally: Tally::default(),
            life_ms: Vec::new(),
            cut_life_ms: Vec::new(),
            first_move_ms: Vec::new(),
        }
    }

    pub(super) fn sort(&mut self) {
        self.life_ms.sort_unstable();
        self.cut_life_ms.sort_unstable();
        self.first_move_ms.sort_unstable();
    }
}

/// Two team mates in one round. Of the two-sided values the first is that of the first player.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PairFacts {
    /// The two: places in [`RoundFacts::players`], the smaller one first.
    pub players: [u16; 2],
    /// Both alive with samples for one team, ms.
    pub both_ms: i64,
    /// Of this, near each other, ms.
    pub near_ms: i64,
    /// Times between their first hits in their crossfires, ms, sorted: one per crossfire.
    pub delays_ms: Vec<i64>,
    /// Crossfires that killed.
    pub kills: u32,
    /// Raw damage of both in crossfires.
    pub damage: i64,
    /// Deaths of the other near which he was.
    pub chances: [u32; 2],
    /// Of these, after which he hit the killer.
    pub tries: [u32; 2],
    /// Deaths of the other which he avenged, near or not.
    pub trades: [u32; 2],
}

impl RoundFacts {
    /// The facts of a round from its results.
    pub fn of(round: &Round, results: &Results<'_>, params: &Params) -> Self {
        let mut collector = Collector::new(round, results);
        collector.lives();
        collector.deaths();
        collector.trades();
        collector.fights();
        collector.hits();
        collector.objectives();
        collector.together(params.near_u);
        let (players, pairs) = collector.finish();
        Self {
            map: round.map().to_lowercase(),
            length_ms: round.clock.length_ms(),
            players,
            pairs,
        }
    }
}

/// The facts of a round with everything they need; `objectives` are the map's, as far as they are known.
pub fn round_facts(round: &Round, objectives: &[Objective], params: &Params) -> RoundFacts {
    let deaths = deaths(round);
    let flags = RowFlags::of(round, &deaths);
    let focus = (!objectives.is_empty()).then(|| objective_focus(round, &flags, objectives));
    let results = Results {
        trades: &trades(round, &deaths, &flags, &params.trades),
        support: &support(round, &flags, &params.support),
        movements: &life_movements(round, &flags),
        outages: &outages(round, &deaths),
        stretches: &alive_stretches(round),
        focus: focus.as_ref(),
        deaths: &deaths,
        flags: &flags,
    };
    RoundFacts::of(round, &results, params)
}

#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape serde calls"
)]
fn class_tag<S: Serializer>(class: &Option<Class>, serializer: S) -> Result<S::Ok, S::Error> {
    class.map(Class::tag).serialize(serializer)
}
