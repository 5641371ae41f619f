//! Our trades held against the reference's ([`crate::analysis::reference::trades`]): the same deaths, the same avengers?
//!
//! One of ours is a death and the one that avenges it ([`TradeChance::revenge`]), one of the reference's a *success* of an event. They are
//! the same when victim, killer and avenger carry the same GUID and death and delay differ by at most [`SAME_DEATH_MS`]. The rest
//! is counted by reason.
//!
//! On ten real rounds of sandpit both have the same 155 trades and none alone; 37 of them are the victim's own revenge. On two rounds of 4.2
//! at eight times the speed the reference has 27 more than the 105 of both: 16 where it takes a second death of the killer in the
//! window, 11 after self and team kills.
//!
//! Unit: counts. Known weakness: the reference keeps no name beside a GUID, so bots without one, who are all the same to it, are matched
//! by the names its rows happen to carry. O(events · log chances + chances).

use crate::analysis::deaths::{Death, SAME_DEATH_MS};
use crate::analysis::flags::Flag;
use crate::analysis::reference::trades::{Reply, TradeEvent};
use crate::analysis::trades::TradeChance;
use crate::model::{PlayerId, Round};
use serde::Serialize;
use std::collections::BTreeMap;

/// Why a success of the reference is none of our trades.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyReferenceOnly {
    /// The first death was by his own hand.
    SelfKill,
    /// The first death was a team mate's doing.
    TeamKill,
    /// The first death was the world's.
    World,
    /// Victim, killer or avenger has no GUID, and the reference takes all those for one player.
    NoGuid,
    /// We have no such kill.
    NoSuchKill,
    /// We take an earlier death of the killer; the reference takes all in the window.
    AvengedBefore,
    /// We have another avenger, or none.
    AvengerDiffers,
}

/// Why a trade of ours is no success of the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyOursOnly {
    /// It has no event for the death: its engagement has no killer, another one than the kill row says, or another outcome than `killed`.
    NoEvent,
    /// The engagement that ended the killer names no attacker of the victim's team as the one who killed him.
    NoGotKill,
}

/// How far the two agree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// Trades that both have.
    pub both: u32,
    /// Of these, where the avenger is the victim himself.
    pub both_own_revenge: u32,
    /// Successes of the reference alone, by reason.
    pub reference_only: BTreeMap<WhyReferenceOnly, u32>,
    /// Trades of ours alone, by reason.
    pub ours_only: BTreeMap<WhyOursOnly, u32>,
}

/// Compares; `None` without tracks, where the reference has no events.
pub fn reference_events(
    round: &Round,
    deaths: &[Death],
    chances: &[TradeChance],
    events: &[TradeEvent],
) -> Option<Agreement> {
    if round.lives().is_empty() {
        return None;
    }
    let mut agreement = Agreement::default();
    let mut is_met = vec![false; chances.len()];
    let mut has_event = vec![false; chances.len()];
    for event in events {
        let own = chances_of(round, chances, event);
        for &nth in &own {
            has_event[nth] = true;
        }
        for success in &event.successes {
            let met = own
                .iter()
                .copied()
                .find(|nth| !is_met[*nth] && is_same(round, deaths, &chances[*nth], success));
            if let Some(nth) = met {
                is_met[nth] = true;
                agreement.both += 1;
                agreement.both_own_revenge += u32::from(chances[nth].own_revenge.is_some());
            } else {
                let why = why_reference_only(deaths, chances, &own, event, success);
                *agreement.reference_only.entry(why).or_default() += 1;
            }
        }
    }
    for (nth, _) in chances
        .iter()
        .enumerate()
        .filter(|(_, c)| c.revenge.is_some())
    {
        if !is_met[nth] {
            let why = if has_event[nth] {
                WhyOursOnly::NoGotKill
            } else {
                WhyOursOnly::NoEvent
            };
            *agreement.ours_only.entry(why).or_default() += 1;
        }
    }
    Some(agreement)
}

/// Whether a player is the one with this GUID, or without any the one with this name.
fn is_player(round: &Round, player: PlayerId, guid: &str, name: &str) -> bool {
    let known = &round.players[player];
    let has_name = || known.names.iter().any(|own| round.text(*own) == name);
    round.text(known.guid) == guid && (!guid.is_empty() || has_name())
}

/// Our chances that are the event's death.
fn chances_of(round: &Round, chances: &[TradeChance], event: &TradeEvent) -> Vec<usize> {
    let from_ms = event.death_time_ms.saturating_sub(SAME_DEATH_MS);
    let until_ms = event.death_time_ms.saturating_add(SAME_DEATH_MS);
    let from = chances.partition_point(|chance| chance.t_ms < from_ms);
    let near = chances.iter().enumerate().skip(from);
    let near = near.take_while(|(_, chance)| chance.t_ms <= until_ms);
    let same = near.filter(|(_, chance)| {
        is_player(round, chance.victim, &event.victim_guid, &event.victim_name)
            && is_player(round, chance.killer, &event.killer_guid, &event.killer_name)
    });
    same.map(|(nth, _)| nth).collect()
}

fn is_same(round: &Round, deaths: &[Death], chance: &TradeChance, success: &Reply) -> bool {
    let Some(revenge) = chance.revenge.map(|index| &deaths[index]) else {
        return false;
    };
    let delay_ms = revenge.t_ms.saturating_sub(chance.t_ms);
    let is_near = delay_ms.saturating_sub(success.delta_ms).saturating_abs() <= SAME_DEATH_MS;
    let avenger = revenge.killer;
    is_near && avenger.is_some_and(|who| is_player(round, who, &success.guid, &success.name))
}

fn why_reference_only(
    deaths: &[Death],
    chances: &[TradeChance],
    own: &[usize],
    event: &TradeEvent,
    success: &Reply,
) -> WhyReferenceOnly {
    let doubts = [
        (Flag::SelfKill, WhyReferenceOnly::SelfKill),
        (Flag::TeamKill, WhyReferenceOnly::TeamKill),
        (Flag::World, WhyReferenceOnly::World),
    ];
    if let Some((_, why)) = doubts.iter().find(|(flag, _)| event.flags.has(*flag)) {
        return *why;
    }
    let guids = [&event.victim_guid, &event.killer_guid, &success.guid];
    if guids.iter().any(|guid| guid.is_empty()) {
        return WhyReferenceOnly::NoGuid;
    }
    let Some(chance) = own.first().map(|nth| &chances[*nth]) else {
        return WhyReferenceOnly::NoSuchKill;
    };
    let delay_ms = chance
        .revenge
        .map(|index| deaths[index].t_ms.saturating_sub(chance.t_ms));
    match delay_ms {
        Some(delay_ms) if delay_ms < success.delta_ms => WhyReferenceOnly::AvengedBefore,
        _ => WhyReferenceOnly::AvengerDiffers,
    }
}
