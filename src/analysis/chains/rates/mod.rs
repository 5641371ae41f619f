//! Who avenges whom, and how often: counts of a round, with their rates and how long it took.
//!
//! Every rate is a count out of a count ([`Rate`]); both are kept, so that rates of several rounds are their sums. Delays are kept as a
//! list for the same reason. Chances whose killer was dead already count as deaths and kills, but out of them nothing can be made: they
//! are left out of every rate's denominator.
//!
//! * *As victim*: of his deaths by an enemy who lived, how many were avenged by a mate; with somebody near, how many were tried,
//!   avenged, missed.
//! * *As mate*: of the chances at which he was near, how many he tried, avenged, and how many everybody missed. What he did from
//!   further away stands beside it, in no rate.
//! * *As killer*: of his kills, how many were avenged on him.
//! * *Duo*: the same as mate, for one victim; ordered, and without order as the sum of both directions.
//!
//! Without tracks nobody is known to have been near: those rates have nothing to count out of and are `None`, while avenged deaths
//! stay what they are. Known weakness: as in [`crate::analysis::trades`]. O(chances · mates near).

mod counts;

pub use counts::{Delays, Rate};

use crate::analysis::trades::{TradeChance, team_tag};
use crate::model::{PlayerId, Round, Team};
use serde::Serialize;
use std::collections::BTreeMap;

/// Deaths of somebody, and what his team made of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AsVictim {
    /// Deaths by an enemy.
    pub deaths: u32,
    /// Of these, by one who was dead already.
    pub by_the_dead: u32,
    /// Avenged by a mate, of the deaths by a living killer.
    pub avenged: Rate,
    /// Avenged by himself, of the same.
    pub own_revenge: Rate,
    /// With a mate near, of the deaths by a living killer whose surroundings are known.
    pub with_mate_near: Rate,
    /// Alone, of the same.
    pub isolated: Rate,
    /// Tried by a mate, of those with a mate near.
    pub tried: Rate,
    /// Avenged by a mate, of those with a mate near.
    pub avenged_when_near: Rate,
    /// Missed by all, of those with a mate near.
    pub missed: Rate,
    /// From his deaths to their revenge by a mate.
    pub delays: Delays,
}

/// Chances of somebody to avenge a mate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AsMate {
    /// He hit the killer, of the chances at which he was near.
    pub tried: Rate,
    /// He killed the killer, of the same.
    pub avenged: Rate,
    /// He did neither, of the same.
    pub idle: Rate,
    /// Nobody did, of the same.
    pub missed: Rate,
    /// Chances at which he hit the killer, near or not.
    pub tried_anywhere: u32,
    /// Chances at which he killed the killer, near or not.
    pub avenged_anywhere: u32,
    /// From the deaths to his revenge, near or not.
    pub delays: Delays,
}

/// Kills of somebody, and whether they were avenged on him.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AsKiller {
    /// Kills of enemies.
    pub kills: u32,
    /// Of these, after his own death.
    pub when_dead: u32,
    /// Avenged by a mate of the victim, of the others.
    pub was_avenged: Rate,
    /// Avenged by the victim himself, of the same.
    pub by_the_victim: Rate,
    /// From his kills to their revenge by a mate.
    pub delays: Delays,
}

/// All of one player.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlayerRates {
    /// His deaths.
    pub as_victim: AsVictim,
    /// His mates' deaths.
    pub as_mate: AsMate,
    /// His kills.
    pub as_killer: AsKiller,
}

/// What one player did for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duo {
    /// Who could avenge; of an unordered pair the one with the smaller id.
    pub mate: PlayerId,
    /// Who died; of an unordered pair the other one.
    pub victim: PlayerId,
    /// The mate's chances at the victim's deaths; of an unordered pair those of both.
    pub rates: AsMate,
}

/// All of one team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TeamRates {
    /// Which.
    #[serde(serialize_with = "team_tag")]
    pub team: Option<Team>,
    /// Deaths of its players.
    pub as_victim: AsVictim,
    /// Kills of its players.
    pub as_killer: AsKiller,
}

/// The rates of one round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rates {
    /// Indexed by [`PlayerId`].
    pub players: Vec<PlayerRates>,
    /// Mate and victim in this order, sorted by both.
    pub duos: Vec<Duo>,
    /// Both directions together, sorted by both.
    pub pairs: Vec<Duo>,
    /// Axis, then Allies.
    pub teams: Vec<TeamRates>,
}

/// Counts the trade chances of a round.
pub fn rates(round: &Round, chances: &[TradeChance]) -> Rates {
    let mut players = vec![PlayerRates::default(); round.players.len()];
    let mut duos: BTreeMap<(PlayerId, PlayerId), AsMate> = BTreeMap::new();
    let mut teams = Team::SIDES.map(|team| TeamRates {
        team: Some(team),
        as_victim: AsVictim::default(),
        as_killer: AsKiller::default(),
    });
    for chance in chances {
        players[chance.victim.index()].as_victim.count(chance);
        players[chance.killer.index()].as_killer.count(chance);
        for team in &mut teams {
            let opponent = team.team.and_then(Team::opponent);
            if chance.victim_team == team.team {
                team.as_victim.count(chance);
            } else if chance.victim_team == opponent {
                team.as_killer.count(chance);
            }
        }
        for mate in mates_of(chance) {
            players[mate.index()].as_mate.count(chance, mate);
            let duo = duos.entry((mate, chance.victim)).or_default();
            duo.count(chance, mate);
        }
    }
    let mut pairs: BTreeMap<(PlayerId, PlayerId), AsMate> = BTreeMap::new();
    for ((mate, victim), rates) in &duos {
        let pair = (*mate.min(victim), *mate.max(victim));
        pairs.entry(pair).or_default().add(rates);
    }
    Rates {
        players,
        duos: listed(duos),
        pairs: listed(pairs),
        teams: teams.into(),
    }
}

fn listed(duos: BTreeMap<(PlayerId, PlayerId), AsMate>) -> Vec<Duo> {
    let duo = |((mate, victim), rates)| Duo {
        mate,
        victim,
        rates,
    };
    duos.into_iter().map(duo).collect()
}

/// Everybody who was near, tried or avenged, once.
fn mates_of(chance: &TradeChance) -> Vec<PlayerId> {
    let near = chance.near.iter().map(|mate| mate.player);
    let tried = chance.tried.iter().map(|reply| reply.player);
    let avenged = chance.avenged.iter().map(|reply| reply.player);
    let mut mates: Vec<PlayerId> = near.chain(tried).chain(avenged).collect();
    mates.sort_unstable();
    mates.dedup();
    mates
}

impl AsVictim {
    fn count(&mut self, chance: &TradeChance) {
        self.deaths = self.deaths.saturating_add(1);
        if chance.is_killer_dead {
            self.by_the_dead = self.by_the_dead.saturating_add(1);
            return;
        }
        let is_avenged = chance.avenged.is_some();
        self.avenged.count(is_avenged);
        self.own_revenge.count(chance.own_revenge.is_some());
        if chance.are_mates_known {
            self.with_mate_near.count(!chance.near.is_empty());
            self.isolated.count(chance.is_isolated);
        }
        if !chance.near.is_empty() {
            self.tried.count(!chance.tried.is_empty());
            self.avenged_when_near.count(is_avenged);
            self.missed.count(chance.is_missed());
        }
        if let Some(reply) = chance.avenged {
            self.delays.push(reply.delay_ms);
        }
    }

    /// Adds the counts of another round.
    pub fn add(&mut self, other: &Self) {
        self.deaths = self.deaths.saturating_add(other.deaths);
        self.by_the_dead = self.by_the_dead.saturating_add(other.by_the_dead);
        self.avenged.add(other.avenged);
        self.own_revenge.add(other.own_revenge);
        self.with_mate_near.add(other.with_mate_near);
        self.isolated.add(other.isolated);
        self.tried.add(other.tried);
        self.avenged_when_near.add(other.avenged_when_near);
        self.missed.add(other.missed);
        self.delays.add(&other.delays);
    }
}

impl AsMate {
    fn count(&mut self, chance: &TradeChance, mate: PlayerId) {
        if chance.is_killer_dead {
            return;
        }
        let has_tried = chance.tried.iter().any(|reply| reply.player == mate);
        let revenge = chance.avenged.filter(|reply| reply.player == mate);
        if chance.near.iter().any(|near| near.player == mate) {
            self.tried.count(has_tried);
            self.avenged.count(revenge.is_some());
            self.idle.count(!has_tried && revenge.is_none());
            self.missed.count(chance.is_missed());
        }
        self.tried_anywhere = self.tried_anywhere.saturating_add(u32::from(has_tried));
        if let Some(reply) = revenge {
            self.avenged_anywhere = self.avenged_anywhere.saturating_add(1);
            self.delays.push(reply.delay_ms);
        }
    }

    /// Adds the counts of another round.
    pub fn add(&mut self, other: &Self) {
        self.tried.add(other.tried);
        self.avenged.add(other.avenged);
        self.idle.add(other.idle);
        self.missed.add(other.missed);
        self.tried_anywhere = self.tried_anywhere.saturating_add(other.tried_anywhere);
        self.avenged_anywhere = self.avenged_anywhere.saturating_add(other.avenged_anywhere);
        self.delays.add(&other.delays);
    }
}

impl AsKiller {
    fn count(&mut self, chance: &TradeChance) {
        self.kills = self.kills.saturating_add(1);
        if chance.is_killer_dead {
            self.when_dead = self.when_dead.saturating_add(1);
            return;
        }
        self.was_avenged.count(chance.avenged.is_some());
        self.by_the_victim.count(chance.own_revenge.is_some());
        if let Some(reply) = chance.avenged {
            self.delays.push(reply.delay_ms);
        }
    }

    /// Adds the counts of another round.
    pub fn add(&mut self, other: &Self) {
        self.kills = self.kills.saturating_add(other.kills);
        self.when_dead = self.when_dead.saturating_add(other.when_dead);
        self.was_avenged.add(other.was_avenged);
        self.by_the_victim.add(other.by_the_victim);
        self.delays.add(&other.delays);
    }
}

impl PlayerRates {
    /// Adds the counts of another round.
    pub fn add(&mut self, other: &Self) {
        self.as_victim.add(&other.as_victim);
        self.as_mate.add(&other.as_mate);
        self.as_killer.add(&other.as_killer);
    }
}
