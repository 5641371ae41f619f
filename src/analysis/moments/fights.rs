//! Moments of kills: multikills, stands, wipes, trades, first blood.

use super::{Moment, Params, Role, Sources, What};
use crate::analysis::alive::{Multikill, Stand, Wipe};
use crate::analysis::chains::Chain;
use crate::analysis::deaths::{Death, DeathKind};
use crate::analysis::trades::TradeChance;
use crate::model::{PlayerId, Team};
use std::collections::BTreeMap;

pub(super) fn fights(sources: &Sources<'_>, params: &Params) -> Vec<Moment> {
    let alive = sources.alive;
    let mut all: Vec<Moment> = Vec::new();
    all.extend(
        alive
            .multikills
            .iter()
            .map(|m| multikill(sources, params, m)),
    );
    all.extend(
        alive
            .stands
            .iter()
            .filter_map(|s| stand(sources, params, s)),
    );
    all.extend(alive.wipes.iter().filter_map(|w| wipe(sources, params, w)));
    let long = sources
        .chains
        .iter()
        .filter(|c| c.length >= params.chain_length);
    all.extend(long.map(|chain| trade_chain(sources, params, chain)));
    all.extend(
        sources
            .chances
            .iter()
            .filter_map(|c| quick_trade(sources, params, c)),
    );
    all.extend(first_blood(sources, params));
    all
}

/// Deaths of a stretch of time, both ends included, with their indices.
fn between<'a>(
    sources: &Sources<'a>,
    from_ms: i64,
    until_ms: i64,
) -> impl Iterator<Item = (usize, &'a Death)> {
    let deaths = sources.deaths;
    let from = deaths.partition_point(|death| death.t_ms < from_ms);
    let inside = deaths.iter().enumerate().skip(from);
    inside.take_while(move |(_, death)| death.t_ms <= until_ms)
}

/// How near `value` is to nothing: 1 at 0, 0 from `most` on.
fn nearness(value: i64, most: i64) -> f64 {
    1.0 - (value as f64 / most.max(1) as f64).clamp(0.0, 1.0)
}

fn multikill(sources: &Sources<'_>, params: &Params, found: &Multikill) -> Moment {
    let kills: Vec<usize> = between(sources, found.start_ms, found.end_ms)
        .filter(|(_, death)| death.kind == DeathKind::Enemy && death.killer == Some(found.player))
        .map(|(index, _)| index)
        .collect();
    // More than eight in a row is a map's trick; points would leave everything else behind.
    let n = found.victims.len().min(8) as f64;
    let points = params.multikill * n * (n - 1.0);
    let span_ms = found.end_ms.saturating_sub(found.start_ms);
    let gaps = found.victims.len().saturating_sub(1) as i64;
    let slowest_ms = params.multikill_gap_ms.saturating_mul(gaps);
    let what = What::Multikill {
        kills: found.victims.len(),
        span_ms,
    };
    let speed = points * params.multikill_speed_share * nearness(span_ms, slowest_ms);
    let place = kills
        .last()
        .and_then(|last| sources.deaths[*last].victim_pos);
    Moment::new(what, found.start_ms, found.end_ms)
        .actor(found.player, Role::Killer)
        .actors(found.victims.iter().copied(), Role::Victim)
        .at(place)
        .telling(kills)
        .part("kills", points)
        .part("speed", speed)
}

/// Who stood alone and killed at least one; others only waited for help.
fn stand(sources: &Sources<'_>, params: &Params, found: &Stand) -> Option<Moment> {
    let kills: Vec<usize> = between(sources, found.start_ms, found.end_ms)
        .filter(|(_, death)| death.kind == DeathKind::Enemy && death.killer == Some(found.player))
        .map(|(index, _)| index)
        .collect();
    let last = sources.deaths.get(*kills.last()?)?;
    let own = between(sources, found.start_ms, found.end_ms)
        .filter(|(_, death)| !found.survived && death.victim == found.player);
    let own = own.map(|(index, _)| index).last();
    // Behind his last kill he only waits, unless he dies.
    let end_ms = if found.survived {
        last.t_ms
    } else {
        found.end_ms
    };
    let n = f64::from(found.kills.min(8));
    let odds = f64::from(found.enemies.saturating_sub(1)).min(2.0 * n);
    let what = What::Stand {
        enemies: found.enemies,
        kills: found.kills,
        survived: found.survived,
        is_won: found.is_won,
    };
    let victims = kills.iter().map(|index| sources.deaths[*index].victim);
    let gain = |holds: bool, points: f64| if holds { points } else { 0.0 };
    let moment = Moment::new(what, found.start_ms, end_ms)
        .actor(found.player, Role::Alone)
        .actors(victims, Role::Victim)
        .at(last.killer_pos.or(last.victim_pos))
        .part("kills", params.stand * n * (n + 1.0))
        .part("odds", params.stand_odds * odds)
        .part("survived", gain(found.survived, params.stand_survived))
        .part("won", gain(found.is_won, params.stand_won));
    Some(moment.telling(kills.into_iter().chain(own).collect()))
}

fn wipe(sources: &Sources<'_>, params: &Params, found: &Wipe) -> Option<Moment> {
    let team = if found.is_axis {
        Team::Axis
    } else {
        Team::Allies
    };
    let from_ms = found.t_ms.saturating_sub(params.wipe_ms);
    let own =
        between(sources, from_ms, found.t_ms).filter(|(_, death)| death.victim_team == Some(team));
    // Who came back meanwhile died for the wipe only the last time.
    let mut last_of: BTreeMap<PlayerId, (usize, &Death)> = BTreeMap::new();
    for (index, death) in own {
        last_of.insert(death.victim, (index, death));
    }
    let is_kill = |death: &Death| death.kind == DeathKind::Enemy && death.killer.is_some();
    let kills = last_of.into_values().filter(|(_, death)| is_kill(death));
    let mut kills: Vec<usize> = kills.map(|(index, _)| index).collect();
    kills.sort_unstable();
    if kills.len() < params.wipe_fewest_kills {
        return None;
    }
    let all = || kills.iter().map(|index| &sources.deaths[*index]);
    let start_ms = all().next()?.t_ms;
    let span_ms = found.t_ms.saturating_sub(start_ms);
    let what = What::TeamWipe {
        team: Some(team),
        kills: kills.len(),
        span_ms,
        down_ms: found.until_ms.saturating_sub(found.t_ms),
    };
    let moment = Moment::new(what, start_ms, found.t_ms)
        .actors(all().filter_map(|death| death.killer), Role::Killer)
        .actors(all().map(|death| death.victim), Role::Victim)
        .at(all().next_back()?.victim_pos)
        .part("wipe", params.wipe)
        .part("kills", params.wipe_kill * kills.len().min(16) as f64)
        .part(
            "speed",
            params.wipe_speed * nearness(span_ms, params.wipe_ms),
        );
    Some(moment.telling(kills))
}

fn trade_chain(sources: &Sources<'_>, params: &Params, chain: &Chain) -> Moment {
    let length = chain.length.min(16);
    let beside = chain.links.len().saturating_sub(chain.length).min(16);
    let what = What::TradeChain {
        length: chain.length,
        deaths: chain.links.len(),
        span_ms: chain.end_ms.saturating_sub(chain.start_ms),
        ahead: chain.ahead,
    };
    let mut moment = Moment::new(what, chain.start_ms, chain.end_ms);
    for link in &chain.links {
        let role = if link.avenges.is_empty() {
            Role::Killer
        } else {
            Role::Avenger
        };
        moment = moment
            .actor(link.killer, role)
            .actor(link.victim, Role::Victim);
    }
    let deaths = chain
        .links
        .iter()
        .map(|link| sources.chances[link.chance].death);
    moment
        .at(chain.links.last().and_then(|link| link.victim_pos))
        .telling(deaths.collect())
        .part("links", params.chain_link * length.saturating_sub(1) as f64)
        .part("more deaths", params.chain_side * beside as f64)
        .part("speed", params.chain_speed * chain.score_speed.min(16.0))
}

fn quick_trade(sources: &Sources<'_>, params: &Params, chance: &TradeChance) -> Option<Moment> {
    let reply = chance.avenged?;
    let revenge = chance.revenge?;
    if reply.delay_ms > params.quick_trade_ms {
        return None;
    }
    let end_ms = chance.t_ms.saturating_add(reply.delay_ms);
    let what = What::QuickTrade {
        delay_ms: reply.delay_ms,
    };
    let speed = params.quick_trade_speed * nearness(reply.delay_ms, params.quick_trade_ms);
    let moment = Moment::new(what, chance.t_ms, end_ms)
        .actor(reply.player, Role::Avenger)
        .actor(chance.killer, Role::Killer)
        .actor(chance.victim, Role::Victim)
        .at(sources.deaths[revenge].victim_pos)
        .telling(vec![chance.death, revenge]);
    Some(
        moment
            .part("trade", params.quick_trade)
            .part("speed", speed),
    )
}

fn first_blood(sources: &Sources<'_>, params: &Params) -> Option<Moment> {
    let (t_ms, killer, victim) = sources.alive.first_blood?;
    let mut found = between(sources, t_ms, t_ms);
    let (index, death) = found.find(|(_, d)| d.killer == Some(killer) && d.victim == victim)?;
    let moment = Moment::new(What::FirstBlood, t_ms, t_ms)
        .actor(killer, Role::Killer)
        .actor(victim, Role::Victim)
        .at(death.victim_pos)
        .telling(vec![index]);
    Some(moment.part("first", params.first_blood))
}
