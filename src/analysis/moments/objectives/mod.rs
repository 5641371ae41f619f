//! Moments of objectives: what was carried, planted, defused, destroyed, built, captured, and denied at the last moment.

mod actions;
mod carries;

use super::{CarryEnd, Denial, Moment, Params, Role, Sources, What};
use crate::model::format::sections::ObjectiveRunRow;

pub(super) fn objectives(sources: &Sources<'_>, params: &Params) -> Vec<Moment> {
    let mut all = actions::actions(sources, params);
    all.extend(carries::carries(sources, params));
    let end_ms = sources.round.clock.end_ms;
    let is_decided = all.iter().any(|moment| {
        let decides = match &moment.what {
            What::Destroyed { .. } => true,
            What::Carried { end, .. } => matches!(end, CarryEnd::RoundEnd | CarryEnd::Secured),
            _ => false,
        };
        decides && moment.end_ms >= end_ms.saturating_sub(params.decided_ms)
    });
    if is_decided {
        return all;
    }
    let left_ms = |t_ms: i64| {
        let left_ms = end_ms.saturating_sub(t_ms);
        (0..=params.last_ms).contains(&left_ms).then_some(left_ms)
    };
    let with_end = |moment: Moment| match (denial(&moment.what), left_ms(moment.end_ms)) {
        (Some(denial), Some(left_ms)) => at_last(moment, denial, left_ms, params),
        _ => moment,
    };
    let mut all: Vec<Moment> = all.into_iter().map(with_end).collect();
    let runs = sources.round.document.tables.objective_runs.rows.iter();
    let denied = runs.filter(|row| sources.round.text(row.action_type) == "approach_killed");
    all.extend(denied.filter_map(|row| {
        let left_ms = left_ms(row.action_time)?;
        engineer_denied(sources, row, left_ms, params)
    }));
    all
}

/// What a moment denied to the enemy.
fn denial(what: &What) -> Option<Denial> {
    match what {
        What::Defused { .. } => Some(Denial::Defused),
        What::Returned { .. } => Some(Denial::Returned),
        What::Carried {
            end: CarryEnd::Killed,
            ..
        } => Some(Denial::CarrierKilled),
        _ => None,
    }
}

fn at_last(mut moment: Moment, denial: Denial, left_ms: i64, params: &Params) -> Moment {
    moment.what = What::LastSecondDefence { denial, left_ms };
    moment.reason = moment.what.words();
    if denial == Denial::CarrierKilled {
        // It is about who stopped him.
        moment
            .actors
            .sort_by_key(|actor| actor.role != Role::Killer);
    }
    moment.part("last seconds", last(left_ms, params))
}

fn last(left_ms: i64, params: &Params) -> f64 {
    params.last * (1.0 - left_ms as f64 / params.last_ms.max(1) as f64)
}

fn engineer_denied(
    sources: &Sources<'_>,
    row: &ObjectiveRunRow,
    left_ms: i64,
    params: &Params,
) -> Option<Moment> {
    let players = &sources.round.players;
    let engineer = players.find(row.engineer_guid, row.engineer_name)?;
    let killer = players.find(row.killer_guid, row.killer_name)?;
    let what = What::LastSecondDefence {
        denial: Denial::EngineerKilled,
        left_ms,
    };
    let moment = Moment::new(what, row.action_time, row.action_time)
        .actor(killer, Role::Killer)
        .actor(engineer, Role::Engineer)
        .at(sources.position(engineer, row.action_time));
    let moment = moment.part("engineer killed", params.engineer_denied);
    Some(moment.part("last seconds", last(left_ms, params)))
}
