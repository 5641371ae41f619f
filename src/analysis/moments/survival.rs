//! Moments of those who lived: escapes from fights, revives under fire.

use super::{Moment, Params, Role, Sources, What};
use crate::analysis::deaths::SAME_DEATH_MS;
use crate::analysis::support::enemies_of;
use crate::model::format::engagement::EngagementRow;
use crate::model::format::sections::ReviveRow;
use crate::model::{PlayerId, Sym};

pub(super) fn escapes(sources: &Sources<'_>, params: &Params) -> Vec<Moment> {
    let rows = sources.round.document.engagements.table.rows.iter();
    let fights = rows.enumerate().filter(|(index, row)| {
        sources.round.text(row.outcome) == "escaped" && sources.flags.is_fight(*index)
    });
    let escapes = fights.filter_map(|(_, row)| escape(sources, params, row));
    escapes
        .filter(|moment| moment.score >= params.escape_least)
        .collect()
}

fn escape(sources: &Sources<'_>, params: &Params, row: &EngagementRow) -> Option<Moment> {
    let round = sources.round;
    let target = round.players.find(row.target_guid, row.target_name)?;
    let end_ms = row.end_time?;
    let mut attackers: Vec<PlayerId> = enemies_of(round, row).map(|(player, _)| player).collect();
    attackers.sort_unstable();
    attackers.dedup();
    let others = attackers.len().checked_sub(1)?;
    let way_u = row.distance_traveled.get().unwrap_or(0.0).max(0.0);
    let least_health = least_health(sources, target, row.start_time, end_ms);
    let place = [row.end_x, row.end_y, row.end_z].map(|v| v.get().map(|v| v as f32));
    let place = match place {
        [Some(x), Some(y), Some(z)] => Some([x, y, z]),
        _ => None,
    };
    let near_death = least_health.map_or(0.0, |left| {
        let share = left as f64 / params.escape_health.max(1.0);
        params.escape_near_death * (1.0 - share.clamp(0.0, 1.0))
    });
    let damage = row.total_damage.clamp(0, 300) as f64 / 100.0;
    let what = What::LongEscape {
        attackers: attackers.len(),
        damage: row.total_damage,
        way_u,
        least_health,
    };
    let moment = Moment::new(what, row.start_time, end_ms)
        .actor(target, Role::Escaped)
        .actors(attackers, Role::Attacker)
        .at(place)
        .part("attackers", params.escape_attacker * others.min(3) as f64)
        .part("damage", params.escape_damage * damage)
        .part("way", params.escape_way * way_u.min(3000.0) / 1000.0)
        .part("near death", near_death);
    Some(moment)
}

/// The least health that the samples of a living player show between two times; `None` without any.
fn least_health(
    sources: &Sources<'_>,
    player: PlayerId,
    from_ms: i64,
    until_ms: i64,
) -> Option<i64> {
    let round = sources.round;
    let samples = round.samples();
    let lives = round.lives_of(player).iter().map(|id| round.life(*id));
    let met = lives.filter(|life| life.start_ms <= until_ms && from_ms < life.end_ms);
    let indices = met.flat_map(|life| {
        let first = life.samples_until(samples, from_ms.saturating_sub(1));
        let last = life.samples_until(samples, until_ms);
        (first..last).map(|nth| life.sample_index(nth))
    });
    let living =
        indices.filter(|index| samples.health[*index] > 0 && !sources.flags.ghost_samples[*index]);
    living.map(|index| i64::from(samples.health[index])).min()
}

pub(super) fn revives(sources: &Sources<'_>, params: &Params) -> Vec<Moment> {
    let rows = sources.round.document.tables.revives.rows.iter();
    let under_fire = rows.filter(|row| row.under_fire);
    under_fire
        .filter_map(|row| revive(sources, params, row))
        .collect()
}

fn revive(sources: &Sources<'_>, params: &Params, row: &ReviveRow) -> Option<Moment> {
    let players = &sources.round.players;
    let patient = players.find(row.revived_guid, row.revived_name)?;
    let medic = reviver(sources, patient, row.time)
        .or_else(|| players.find(row.medic_guid, row.medic_name))
        .filter(|medic| *medic != patient);
    let place = [row.x, row.y, row.z].map(|v| v.get().map(|v| v as f32));
    // Zero is what the tracker writes where no enemy lives.
    let enemy_u = row.distance_to_enemy.get().filter(|u| *u > 0.0);
    let is_near = enemy_u.is_some_and(|u| u <= params.revive_near_u);
    let near = if is_near { params.revive_near } else { 0.0 };
    let moment = Moment::new(What::ReviveUnderFire { enemy_u }, row.time, row.time)
        .actors(medic, Role::Medic)
        .actor(patient, Role::Patient)
        .at(match place {
            [Some(x), Some(y), Some(z)] => Some([x, y, z]),
            _ => None,
        })
        .part("revive", params.revive)
        .part("enemy near", near);
    Some(moment)
}

/// Who revived him by the engine.
fn reviver(sources: &Sources<'_>, patient: PlayerId, t_ms: i64) -> Option<PlayerId> {
    let players = &sources.round.players;
    let find = |guid: Sym, name: Sym| players.find(guid, name);
    let rows = sources.round.document.tables.kill_outcomes.rows.iter();
    let mut own = rows.filter(|row| {
        let off_ms = row.outcome_time.saturating_sub(t_ms).saturating_abs();
        sources.round.text(row.outcome) == "revived"
            && off_ms <= SAME_DEATH_MS
            && find(row.victim_guid, row.victim_name) == Some(patient)
    });
    own.find_map(|row| find(row.reviver_guid, row.reviver_name))
}
