//! One story once, the best first.

use super::{Kind, Moment, Params, What};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Leaves out what a better moment tells, takes points from what is told in part, and sorts.
pub(super) fn ranked(mut all: Vec<Moment>, params: &Params) -> Vec<Moment> {
    all.sort_by(order);
    let mut kept: Vec<Moment> = Vec::with_capacity(all.len());
    for moment in all {
        let tellers = kept.iter().filter(|better| is_within(&moment, better));
        let mut tellers = tellers.peekable();
        let is_told = tellers.peek().is_some();
        if tellers.any(|better| is_left_out(&moment, better)) || has_sister(&moment, &kept) {
            continue;
        }
        let lost = if is_told {
            -params.told_share * moment.score
        } else {
            0.0
        };
        kept.push(moment.part("told by a better one", lost));
    }
    kept.sort_by(order);
    let mut of_kind: BTreeMap<Kind, u32> = BTreeMap::new();
    let mut list: Vec<Moment> = Vec::with_capacity(kept.len());
    for moment in kept {
        let nth = of_kind.entry(moment.what.kind()).or_default();
        let keeps = 1.0 / (1.0 + params.repeated.max(0.0) * f64::from(*nth));
        *nth += 1;
        let lost = moment.score * (keeps - 1.0);
        list.push(moment.part("one of several", lost));
    }
    list.sort_by(order);
    list
}

fn order(a: &Moment, b: &Moment) -> Ordering {
    let key = |moment: &Moment| {
        let actors = moment.actors.clone();
        (moment.start_ms, moment.end_ms, moment.what.kind(), actors)
    };
    let by_score = b.score.total_cmp(&a.score);
    by_score.then_with(|| key(a).cmp(&key(b)))
}

/// Whether all deaths of a moment are deaths of the other.
fn is_within(moment: &Moment, other: &Moment) -> bool {
    let is_in = |death: &usize| other.deaths.binary_search(death).is_ok();
    !moment.deaths.is_empty() && moment.deaths.iter().all(is_in)
}

/// Whether the better moment says all that this one would.
fn is_left_out(moment: &Moment, better: &Moment) -> bool {
    let is_same_player = moment.protagonist() == better.protagonist();
    match (&moment.what, &better.what) {
        (What::QuickTrade { .. }, What::TradeChain { .. }) => true,
        (What::Multikill { .. }, What::Stand { .. }) => is_same_player,
        _ => false,
    }
}

/// Whether it is a quick trade by a kill that another quick trade is already made of.
fn has_sister(moment: &Moment, kept: &[Moment]) -> bool {
    let is_trade = |moment: &Moment| moment.what.kind() == Kind::QuickTrade;
    let is_sister = |other: &Moment| {
        is_trade(other)
            && other.end_ms == moment.end_ms
            && other.actors.first() == moment.actors.first()
            && other.actors.get(1) == moment.actors.get(1)
    };
    is_trade(moment) && kept.iter().any(is_sister)
}
