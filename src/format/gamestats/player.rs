//! One player's line: `guid8\name\rounds\team\mask counts…<TAB>field<TAB>field…`.

use super::super::number;
use super::fields::{Extra, ExtraField};
use std::collections::BTreeMap;
use std::fmt;

/// What a player did with one kind of weapon. Only enemies count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct WeaponCounts {
    /// Shots that hit.
    pub hits: i64,
    /// Shots.
    pub shots: i64,
    /// Enemies killed with it.
    pub kills: i64,
    /// Deaths by an enemy's weapon of this kind.
    pub deaths: i64,
    /// Hits on the head.
    pub headshots: i64,
}

impl WeaponCounts {
    fn of(numbers: &[i64]) -> Self {
        Self {
            hits: numbers[0],
            shots: numbers[1],
            kills: numbers[2],
            deaths: numbers[3],
            headshots: numbers[4],
        }
    }

    /// The five counts in file order.
    pub const fn all(self) -> [i64; 5] {
        [
            self.hits,
            self.shots,
            self.kills,
            self.deaths,
            self.headshots,
        ]
    }

    /// What was added since `before`.
    pub(super) fn less(self, before: Self) -> Self {
        let (now, before) = (self.all(), before.all());
        let new: [i64; 5] = std::array::from_fn(|at| now[at].saturating_sub(before[at]));
        Self::of(&new)
    }
}

/// One player's line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatsPlayer {
    /// Line in the file, from 1.
    pub line: u32,
    /// First eight characters of the GUID, as written (capitals). Not unique: all omni-bots share `OMNIBOT0`.
    pub guid8: String,
    /// Name with colour codes, invalid UTF-8 replaced. It may hold anything, backslashes and TABs included.
    pub name: String,
    /// The name's bytes.
    pub name_raw: Vec<u8>,
    /// Rounds played before this one with the same counters: 0 in round 1, 1 in round 2 of a match.
    pub rounds: i64,
    /// 1 axis, 2 allies, 3 spectator, as the engine numbers teams.
    pub team: i64,
    /// The mask as written: bit `k` tells that counts of kind `k` follow.
    pub weapon_mask: u32,
    /// Counts by kind of weapon ([`super::WEAPON_KINDS`]).
    pub weapons: BTreeMap<u8, WeaponCounts>,
    /// All fields behind the TAB, in order; [`super::EXTRA_FIELDS`] names the known ones.
    pub extra: Vec<Extra>,
}

impl StatsPlayer {
    /// A field behind the TAB by name; `None` when the line ends before it, or it is no number, or no field has this name.
    pub fn extra(&self, name: &str) -> Option<f64> {
        self.extra.get(ExtraField::index_of(name)?)?.number()
    }

    /// The same as a whole number; `None` also for a decimal.
    pub fn count(&self, name: &str) -> Option<i64> {
        match self.extra.get(ExtraField::index_of(name)?)? {
            Extra::Whole(whole) => Some(*whole),
            Extra::Decimal(_) | Extra::Text(_) => None,
        }
    }

    /// Sum over all weapons.
    pub fn total(&self) -> WeaponCounts {
        let add = |sum: [i64; 5], counts: &WeaponCounts| {
            let counts = counts.all();
            std::array::from_fn(|at| sum[at].saturating_add(counts[at]))
        };
        WeaponCounts::of(&self.weapons.values().fold([0; 5], add))
    }

    /// Places of fields that are no numbers.
    pub(super) fn unread_numbers(&self) -> Vec<usize> {
        let is_text = |(at, extra): (usize, &Extra)| matches!(extra, Extra::Text(_)).then_some(at);
        self.extra.iter().enumerate().filter_map(is_text).collect()
    }
}

/// Why a line is no player's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadPlayer {
    /// Fewer than five fields.
    Short,
    /// Rounds or team is no number.
    BadNumber(&'static str),
    /// Mask or counts hold something that is no number.
    BadWeapons,
    /// The mask and the number of counts contradict each other, so no count could be given to a weapon.
    MaskMismatch { kinds: usize, counts: usize },
}

impl fmt::Display for BadPlayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => f.write_str("fewer than five fields"),
            Self::BadNumber(what) => write!(f, "{what} is no number"),
            Self::BadWeapons => f.write_str("the weapon counts are no numbers"),
            Self::MaskMismatch { kinds, counts } => write!(
                f,
                "the mask names {kinds} kinds of weapon, which take {} counts, but {counts} follow",
                kinds * 5
            ),
        }
    }
}

/// Reads a line without its end. The GUID holds no backslash and neither does anything behind the name, so fields are taken
/// from both ends and what is left is the name.
pub(super) fn read(line: &[u8]) -> Result<StatsPlayer, BadPlayer> {
    let (guid, rest) = split_first(line).ok_or(BadPlayer::Short)?;
    let (rest, numbers) = split_last(rest).ok_or(BadPlayer::Short)?;
    let (rest, team) = split_last(rest).ok_or(BadPlayer::Short)?;
    let (name, rounds) = split_last(rest).ok_or(BadPlayer::Short)?;
    let number = |field: &[u8], what| {
        let read = number::int(field).map(|(value, _)| value);
        read.map_err(|_| BadPlayer::BadNumber(what))
    };
    let mut parts = numbers.split(|&byte| byte == b'\t');
    let (weapon_mask, weapons) = read_weapons(parts.next().unwrap_or_default())?;
    Ok(StatsPlayer {
        line: 0,
        guid8: String::from_utf8_lossy(guid).into_owned(),
        name: String::from_utf8_lossy(name).into_owned(),
        name_raw: name.to_vec(),
        rounds: number(rounds, "rounds")?,
        team: number(team, "team")?,
        weapon_mask,
        weapons,
        extra: parts.map(Extra::of).collect(),
    })
}

fn split_first(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = memchr::memchr(b'\\', bytes)?;
    Some((&bytes[..at], &bytes[at + 1..]))
}

fn split_last(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = memchr::memrchr(b'\\', bytes)?;
    Some((&bytes[..at], &bytes[at + 1..]))
}

fn read_weapons(bytes: &[u8]) -> Result<(u32, BTreeMap<u8, WeaponCounts>), BadPlayer> {
    let numbers = bytes
        .split(u8::is_ascii_whitespace)
        .filter(|field| !field.is_empty())
        .map(|field| number::int(field).map(|(value, _)| value))
        .collect::<Result<Vec<i64>, _>>()
        .map_err(|_| BadPlayer::BadWeapons)?;
    let (&mask, counts) = numbers.split_first().ok_or(BadPlayer::BadWeapons)?;
    let mask = u32::try_from(mask).map_err(|_| BadPlayer::BadWeapons)?;
    let kinds: Vec<u8> = (0..32).filter(|bit| mask & 1 << bit != 0).collect();
    if counts.len() != kinds.len() * 5 {
        return Err(BadPlayer::MaskMismatch {
            kinds: kinds.len(),
            counts: counts.len(),
        });
    }
    let groups = counts.chunks_exact(5).map(WeaponCounts::of);
    Ok((mask, kinds.into_iter().zip(groups).collect()))
}
