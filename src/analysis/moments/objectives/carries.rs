//! Objectives carried and returned: `CARRIER_EVENTS` and `CARRIER_RETURNS`.

use super::super::{CarryEnd, Moment, Params, Role, Sources, What};
use crate::analysis::flags::find_death;
use crate::model::format::sections::CarrierEventRow;
use crate::model::{PlayerId, Sym, Team};

/// A touch and the row of its return are this near in time, ms.
const SAME_RETURN_MS: i64 = 500;

pub(super) fn carries(sources: &Sources<'_>, params: &Params) -> Vec<Moment> {
    let tables = &sources.round.document.tables;
    let rows = &tables.carrier_events.rows;
    let mut all: Vec<Moment> = Vec::new();
    let mut touches: Vec<(Sym, i64)> = Vec::new();
    for row in rows {
        if is_own_flag(sources, row) {
            all.extend(touched(sources, params, row));
            touches.push((row.flag_team, row.pickup_time));
        } else {
            all.extend(carried(sources, params, row));
        }
    }
    for row in &tables.carrier_returns.rows {
        let is_touch = touches.iter().any(|(flag, t_ms)| {
            let off_ms = t_ms.saturating_sub(row.return_time).saturating_abs();
            *flag == row.flag_team && off_ms <= SAME_RETURN_MS
        });
        let players = &sources.round.players;
        let returner = players.find(row.returner_guid, row.returner_name);
        if let Some(returner) = returner
            && !is_touch
            && row.return_delay_ms < params.returns_itself_ms
        {
            let place = [row.drop_x, row.drop_y, row.drop_z].map(|v| v as f32);
            let after_ms = Some(row.return_delay_ms.max(0));
            all.push(returned(row.return_time, returner, after_ms, place, params));
        }
    }
    all
}

/// Whether the carrier touched his own team's flag: the red one is the Axis's.
fn is_own_flag(sources: &Sources<'_>, row: &CarrierEventRow) -> bool {
    let carrier = Team::from_tag(sources.round.text(row.carrier_team));
    let owner = match sources.round.text(row.flag_team) {
        "redflag" => Some(Team::Axis),
        "blueflag" => Some(Team::Allies),
        _ => None,
    };
    owner.is_some() && owner == carrier
}

/// A return by touch: after the latest drop of that flag by an enemy.
fn touched(sources: &Sources<'_>, params: &Params, row: &CarrierEventRow) -> Option<Moment> {
    let round = sources.round;
    let returner = round.players.find(row.carrier_guid, row.carrier_name)?;
    let rows = round.document.tables.carrier_events.rows.iter();
    let drops = rows.filter(|other| {
        other.flag_team == row.flag_team
            && other.carrier_team != row.carrier_team
            && other.drop_time <= row.pickup_time
    });
    let dropped_ms = drops.map(|other| other.drop_time).max();
    let after_ms = dropped_ms.map(|t_ms| row.pickup_time.saturating_sub(t_ms));
    let place = [row.pickup_x, row.pickup_y, row.pickup_z].map(|v| v as f32);
    Some(returned(row.pickup_time, returner, after_ms, place, params))
}

fn returned(
    t_ms: i64,
    returner: PlayerId,
    after_ms: Option<i64>,
    place: [f32; 3],
    params: &Params,
) -> Moment {
    Moment::new(What::Returned { after_ms }, t_ms, t_ms)
        .actor(returner, Role::Returner)
        .at(Some(place))
        .part("returned", params.returned)
}

fn carried(sources: &Sources<'_>, params: &Params, row: &CarrierEventRow) -> Option<Moment> {
    let round = sources.round;
    let carrier = round.players.find(row.carrier_guid, row.carrier_name)?;
    let span_ms = row.drop_time.saturating_sub(row.pickup_time);
    if span_ms < params.carry_shortest_ms {
        return None;
    }
    let death = find_death(sources.deaths, carrier, row.drop_time);
    let end = match round.text(row.outcome) {
        "killed" => CarryEnd::Killed,
        "secured" => CarryEnd::Secured,
        "round_end" | "shutdown" => CarryEnd::RoundEnd,
        "disconnected" => CarryEnd::Left,
        _ if death.is_some() => CarryEnd::Killed,
        _ => CarryEnd::LaidDownOrDelivered,
    };
    // With the round everybody is moved to the intermission's camera.
    let last = if end == CarryEnd::RoundEnd {
        sources.position(carrier, row.drop_time)
    } else {
        Some([row.drop_x, row.drop_y, row.drop_z].map(|v| v as f32))
    };
    let first = [row.pickup_x, row.pickup_y, row.pickup_z].map(|v| v as f32);
    let straight_u = last.map(|last| {
        let [x, y, z] = [0, 1, 2].map(|axis| f64::from(last[axis]) - f64::from(first[axis]));
        x.hypot(y).hypot(z)
    });
    let counted_k_u = straight_u.unwrap_or(0.0).min(params.carry_most_u) / 1000.0;
    let named = round.players.find(row.killer_guid, row.killer_name);
    let killer = named.or_else(|| death.and_then(|death| death.killer));
    let killer = killer.filter(|killer| end == CarryEnd::Killed && *killer != carrier);
    let what = What::Carried {
        span_ms,
        straight_u,
        end,
    };
    let (name, points) = match end {
        CarryEnd::Killed => ("carrier killed", params.carry_killed),
        CarryEnd::LaidDownOrDelivered => (
            "laid down or delivered",
            params.carry_laid_down_per_1000_u * counted_k_u,
        ),
        CarryEnd::Secured => ("delivered", params.carry_secured),
        CarryEnd::RoundEnd => ("until the round ended", params.carry_round_end),
        CarryEnd::Left => ("", 0.0),
    };
    let moment = Moment::new(what, row.pickup_time, row.drop_time)
        .actor(carrier, Role::Carrier)
        .actors(killer, Role::Killer)
        .at(last.or(Some(first)))
        .part("distance", params.carry_per_1000_u * counted_k_u);
    Some(moment.part(name, points))
}
