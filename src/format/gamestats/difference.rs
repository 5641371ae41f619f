//! What a stats file adds to the one before it.

use super::StatsFile;
use super::fields::{Carry, EXTRA_FIELDS, Extra};
use super::player::{StatsPlayer, WeaponCounts};
use std::collections::BTreeMap;

/// How a player's own numbers of the later round were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// His counts of the file before were taken off.
    Difference,
    /// He is not in the file before: all his counts are of the later round.
    Joined,
    /// He is, but a running count fell since: he left and came back, and his counts began anew. They are at most of the later round.
    Restarted,
    /// Several players of one of the files share his GUID prefix and his name: nothing was taken off.
    Ambiguous,
}

/// One player's numbers of the later round alone.
#[derive(Clone, Debug, PartialEq)]
pub struct PlayerDifference {
    /// As in the later file.
    pub guid8: String,
    /// As in the later file.
    pub name: String,
    /// As in the later file.
    pub team: i64,
    /// How the numbers were found.
    pub basis: Basis,
    /// Counts by kind of weapon; kinds without anything new are left out.
    pub weapons: BTreeMap<u8, WeaponCounts>,
    /// The fields behind the TAB: differences of those that run on, the others as they stand. `None` for ratios over both rounds,
    /// for unknown fields, of which it is not known whether they run on, and for what is no number; with [`Basis::Joined`] and
    /// [`Basis::Restarted`] everything is there.
    pub extra: Vec<Option<Extra>>,
}

/// What each player of `after` (round 2) did since `before` (round 1 of the same match), in the order of `after`.
///
/// Players are matched by GUID prefix and, where several share one (bots), by prefix and name. That the files are of one match is for the
/// caller to know; files of two matches give [`Basis::Restarted`] for most. Linear but for shared prefixes.
pub fn difference(before: &StatsFile, after: &StatsFile) -> Vec<PlayerDifference> {
    let one = |now: &StatsPlayer| match counterpart(before, after, now) {
        Match::One(then) if has_fallen(then, now) => own(now, Basis::Restarted),
        Match::One(then) => taken_off(then, now),
        Match::None => own(now, Basis::Joined),
        Match::Several => own(now, Basis::Ambiguous),
    };
    after.players.iter().map(one).collect()
}

enum Match<'a> {
    None,
    One(&'a StatsPlayer),
    Several,
}

fn counterpart<'a>(before: &'a StatsFile, after: &StatsFile, now: &StatsPlayer) -> Match<'a> {
    let same_guid = |player: &&StatsPlayer| player.guid8.eq_ignore_ascii_case(&now.guid8);
    let is_shared = |file: &StatsFile| file.players.iter().filter(same_guid).count() > 1;
    // An empty GUID is nobody's, so it says nothing even where it stands once.
    let needs_name = now.guid8.is_empty() || is_shared(before) || is_shared(after);
    let same = |player: &&StatsPlayer| {
        same_guid(player) && (!needs_name || player.name_raw == now.name_raw)
    };
    let mut then = before.players.iter().filter(same);
    let is_only_one = after.players.iter().filter(same).count() == 1;
    match (then.next(), then.next()) {
        (None, _) => Match::None,
        (Some(one), None) if is_only_one => Match::One(one),
        _ => Match::Several,
    }
}

/// Whether a count that runs on is lower than before.
fn has_fallen(then: &StatsPlayer, now: &StatsPlayer) -> bool {
    let weapon_fell = then.weapons.iter().any(|(kind, then)| {
        let now = now.weapons.get(kind).copied().unwrap_or_default();
        now.all()
            .iter()
            .zip(then.all())
            .any(|(now, then)| *now < then)
    });
    let fields = EXTRA_FIELDS.iter().zip(&then.extra).zip(&now.extra);
    weapon_fell
        || fields
            .into_iter()
            .any(|((field, then), now)| field.carry == Carry::Match && now.number() < then.number())
}

fn taken_off(then: &StatsPlayer, now: &StatsPlayer) -> PlayerDifference {
    let weapons = now.weapons.iter().map(|(&kind, counts)| {
        let before = then.weapons.get(&kind).copied().unwrap_or_default();
        (kind, counts.less(before))
    });
    let extra = now.extra.iter().enumerate().map(|(at, value)| {
        let carry = EXTRA_FIELDS.get(at)?.carry;
        match carry {
            Carry::Round => Some(value.clone()),
            Carry::Match => value.less(then.extra.get(at)?),
            Carry::Ratio => None,
        }
    });
    PlayerDifference {
        guid8: now.guid8.clone(),
        name: now.name.clone(),
        team: now.team,
        basis: Basis::Difference,
        weapons: weapons
            .filter(|(_, counts)| counts.all() != [0; 5])
            .collect(),
        extra: extra.collect(),
    }
}

fn own(now: &StatsPlayer, basis: Basis) -> PlayerDifference {
    PlayerDifference {
        guid8: now.guid8.clone(),
        name: now.name.clone(),
        team: now.team,
        basis,
        weapons: now.weapons.clone(),
        extra: now.extra.iter().cloned().map(Some).collect(),
    }
}
