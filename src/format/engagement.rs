//! `ENGAGEMENTS`: one target under fire until he dies or gets away. The row holds two lists, where he was and who shot at him; both
//! live in pools of the document and the row keeps their [`Span`].

use super::columnar::columnar;
use super::field::Field;
use super::marks::{self, Places};
use super::number::{self, BadNumber, Lenient};
use super::row::{BadField, Decimal, Span};
use super::split::split;
use super::text::{Strings, Sym};

/// The section's name.
pub const SECTION: &str = "ENGAGEMENTS";
/// Column names in file order.
pub const COLUMNS: &[&str] = &[
    "id",
    "start_time",
    "end_time",
    "duration",
    "target_guid",
    "target_name",
    "target_team",
    "outcome",
    "total_damage",
    "killer_guid",
    "killer_name",
    "num_attackers",
    "is_crossfire",
    "crossfire_delay",
    "crossfire_participants",
    "start_x",
    "start_y",
    "start_z",
    "end_x",
    "end_y",
    "end_z",
    "distance_traveled",
    "positions",
    "attackers",
];

/// One engagement.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EngagementRow {
    /// Number within the round, from 1, in order of opening.
    pub id: i64,
    /// First countable hit (or the kill), ms.
    pub start_time: i64,
    /// Closing, ms; `None` when empty.
    pub end_time: Option<i64>,
    /// ms; `None` when empty.
    pub duration: Option<i64>,
    /// Who was shot at.
    pub target_guid: Sym,
    /// His name.
    pub target_name: Sym,
    /// His team.
    pub target_team: Sym,
    /// `killed`, `escaped`, `round_end` and, by version, more.
    pub outcome: Sym,
    /// Sum of raw damage, not capped by health.
    pub total_damage: i64,
    /// Who killed him; empty when he lived.
    pub killer_guid: Sym,
    /// The killer's name.
    pub killer_name: Sym,
    /// Different attackers, by GUID.
    pub num_attackers: i64,
    /// At least two attackers whose first hits are within the crossfire window.
    pub is_crossfire: bool,
    /// Second attacker's first hit minus the first's, ms; 0 is a value.
    pub crossfire_delay: Option<i64>,
    /// GUIDs, in [`Engagements::participants`].
    pub participants: Span,
    /// Target when it opened: east, u.
    pub start_x: Decimal<1>,
    /// North, u.
    pub start_y: Decimal<1>,
    /// Up, u.
    pub start_z: Decimal<1>,
    /// Target when it closed: east, u.
    pub end_x: Decimal<1>,
    /// North, u.
    pub end_y: Decimal<1>,
    /// Up, u.
    pub end_z: Decimal<1>,
    /// Polyline through the hit positions, u.
    pub distance_traveled: Decimal<1>,
    /// In [`Engagements::positions`].
    pub positions: Span,
    /// In [`Engagements::attackers`].
    pub attackers: Span,
}

/// Where the target was at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EngagementPosition {
    /// ms.
    pub time: i64,
    /// East, u.
    pub x: f32,
    /// North, u.
    pub y: f32,
    /// Up, u.
    pub z: f32,
    /// `start`, `hit`, `sample`, `death`, `escape` …
    pub event: Sym,
}

/// What one attacker did in one engagement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttackerRow {
    /// Who; empty for bots without a GUID.
    pub guid: Sym,
    /// His name.
    pub name: Sym,
    /// His team.
    pub team: Sym,
    /// Raw damage.
    pub damage: i64,
    /// Hits.
    pub hits: i64,
    /// ms.
    pub first_hit: i64,
    /// ms.
    pub last_hit: i64,
    /// He made the kill.
    pub got_kill: bool,
    /// `(weapon, hits)` pairs in [`Engagements::weapons`]; the weapon is the one in hand, not the one that hit.
    pub weapons: Span,
}

// The spans' starts follow from their lengths: the pools hold the lists in the order of the rows.
columnar!(EngagementRow {
    id,
    start_time,
    end_time,
    duration,
    target_guid,
    target_name,
    target_team,
    outcome,
    total_damage,
    killer_guid,
    killer_name,
    num_attackers,
    is_crossfire,
    crossfire_delay,
    participants.len,
    start_x,
    start_y,
    start_z,
    end_x,
    end_y,
    end_z,
    distance_traveled,
    positions.len,
    attackers.len,
});
columnar!(EngagementPosition {
    time,
    x,
    y,
    z,
    event
});
columnar!(AttackerRow {
    guid,
    name,
    team,
    damage,
    hits,
    first_hit,
    last_hit,
    got_kill,
    weapons.len,
});

/// All engagements of a file with their lists.
#[derive(Clone, Debug, Default)]
pub struct Engagements {
    /// In file order, that is in order of closing.
    pub table: super::row::Table<EngagementRow>,
    /// Pool of positions.
    pub positions: Vec<EngagementPosition>,
    /// Pool of attackers.
    pub attackers: Vec<AttackerRow>,
    /// Pool of weapon counts.
    pub weapons: Vec<(i64, i64)>,
    /// Pool of crossfire participants' GUIDs.
    pub participants: Vec<Sym>,
}

impl Engagements {
    /// The attackers of one engagement, in order of first hit.
    pub fn attackers_of(&self, row: &EngagementRow) -> &[AttackerRow] {
        &self.attackers[row.attackers.range()]
    }

    /// The positions of one engagement's target.
    pub fn positions_of(&self, row: &EngagementRow) -> &[EngagementPosition] {
        &self.positions[row.positions.range()]
    }

    /// The GUIDs of those who took part in the crossfire.
    pub fn participants_of(&self, row: &EngagementRow) -> &[Sym] {
        &self.participants[row.participants.range()]
    }

    /// `(weapon, hits)` of one attacker.
    pub fn weapons_of(&self, row: &AttackerRow) -> &[(i64, i64)] {
        &self.weapons[row.weapons.range()]
    }
}

/// An item of a list that could not be read.
pub(crate) struct BadItem {
    /// `positions` or `attackers`.
    pub(crate) list: &'static str,
    /// Which item, from 1.
    pub(crate) number: usize,
    /// The field, and what is wrong with it; `None` when the item has too few fields.
    pub(crate) field: Option<(&'static str, BadNumber)>,
}

/// What reading one engagement found besides the row.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) lenient: bool,
    pub(crate) bad_items: Vec<BadItem>,
}

impl Findings {
    fn bad_item(
        &mut self,
        list: &'static str,
        number: usize,
        field: Option<(&'static str, BadNumber)>,
    ) {
        // A strict reader skips an item that is too short, and drops the whole row for a bad number.
        self.lenient |= field.is_some();
        if self.bad_items.len() < 20 {
            self.bad_items.push(BadItem {
                list,
                number,
                field,
            });
        }
    }
}

/// Reads one row; `fields` are exactly the 24 columns, the last holding the rest of the line.
pub(crate) fn read(
    fields: &[Field<'_>; 24],
    all: &mut Engagements,
    strings: &mut Strings,
    line: u32,
) -> Result<Findings, BadField> {
    let mut findings = Findings::default();
    let mut int = |index: usize| match number::int_of(fields[index]) {
        Ok((value, Lenient(tolerant))) => {
            findings.lenient |= tolerant;
            Ok(value)
        }
        Err(why) => Err(BadField {
            column: COLUMNS[index],
            why,
        }),
    };
    let (id, start_time) = (int(0)?, int(1)?);
    let (total_damage, num_attackers) = (int(8)?, int(11)?);
    let mut optional = |index: usize| match fields[index].text().trim_ascii() {
        b"" => Ok(None),
        _ => int(index).map(Some),
    };
    let (end_time, duration, crossfire_delay) = (optional(2)?, optional(3)?, optional(13)?);
    let mut reals = [Decimal(0.0); 7];
    for (slot, index) in reals.iter_mut().zip(15..) {
        slot.0 = match number::real_of(fields[index]) {
            Ok(value) => value,
            Err(BadNumber::NotFinite) => {
                let field = Some((COLUMNS[index], BadNumber::NotFinite));
                findings.bad_items.push(BadItem {
                    list: "",
                    number: 0,
                    field,
                });
                f64::NAN
            }
            Err(why) => {
                let column = COLUMNS[index];
                return Err(BadField { column, why });
            }
        };
    }
    let participants_start = all.participants.len();
    if fields[14].len() > 0 {
        let guids = fields[14].text().split(|&b| b == b',');
        all.participants
            .extend(guids.map(|guid| strings.intern(guid)));
    }
    let [
        start_x,
        start_y,
        start_z,
        end_x,
        end_y,
        end_z,
        distance_traveled,
    ] = reals;
    let row = EngagementRow {
        id,
        start_time,
        end_time,
        duration,
        target_guid: strings.intern(fields[4].text()),
        target_name: strings.intern(fields[5].text()),
        target_team: strings.intern(fields[6].text()),
        outcome: strings.intern(fields[7].text()),
        total_damage,
        killer_guid: strings.intern(fields[9].text()),
        killer_name: strings.intern(fields[10].text()),
        num_attackers,
        is_crossfire: fields[12].text().trim_ascii() == b"1",
        crossfire_delay,
        participants: Span::new(participants_start, all.participants.len()),
        start_x,
        start_y,
        start_z,
        end_x,
        end_y,
        end_z,
        distance_traveled,
        positions: read_positions(fields[22], all, strings, &mut findings),
        attackers: read_attackers(fields[23], all, strings, &mut findings),
    };
    all.table.push(row, line, findings.lenient);
    Ok(findings)
}

/// The items of a `|` list, numbered from 1, without empty ones.
fn items(list: Field<'_>) -> impl Iterator<Item = (usize, Field<'_>)> {
    let mut start = 0;
    let items = list.text().split(|&b| b == b'|').map(move |item| {
        let item = list.part(start, start + item.len());
        start += item.len() + 1;
        item
    });
    let numbered = (1..).zip(items);
    numbered.filter(|(_, item)| !item.text().trim_ascii().is_empty())
}

fn read_positions(
    list: Field<'_>,
    all: &mut Engagements,
    strings: &mut Strings,
    findings: &mut Findings,
) -> Span {
    let start = all.positions.len();
    let mut at = 0;
    let mut number = 0;
    while at < list.len() {
        number += 1;
        let usual = list
            .window(at)
            .and_then(|window| usual_position(window, strings));
        if let Some((position, length)) = usual {
            all.positions.push(position);
            at += length;
            continue;
        }
        let text = list.text();
        let end = memchr::memchr(b'|', &text[at..]).map_or(text.len(), |n| at + n);
        let item = list.part(at, end);
        at = end + 1;
        if item.text().trim_ascii().is_empty() {
            continue;
        }
        match unusual_position(item, strings) {
            Ok((position, Lenient(lenient))) => {
                findings.lenient |= lenient;
                all.positions.push(position);
            }
            Err(field) => findings.bad_item("positions", number, field),
        }
    }
    Span::new(start, all.positions.len())
}

type ItemField = Option<(&'static str, BadNumber)>;

/// A position by the letter.
#[cold]
fn unusual_position(
    item: Field<'_>,
    strings: &mut Strings,
) -> Result<(EngagementPosition, Lenient), ItemField> {
    let fields: [Field<'_>; 5] = first_fields(item)?;
    let (time, lenient) = number::int_of(fields[0]).map_err(|why| Some(("time", why)))?;
    let real = |index: usize, name| match number::real_of(fields[index]) {
        Ok(value) if (value as f32).is_finite() => Ok(value as f32),
        Ok(_) => Err(Some((name, BadNumber::TooLarge))),
        Err(why) => Err(Some((name, why))),
    };
    let (x, y, z) = (real(1, "x")?, real(2, "y")?, real(3, "z")?);
    let event = strings.intern(fields[4].text());
    Ok((
        EngagementPosition {
            time,
            x,
            y,
            z,
            event,
        },
        lenient,
    ))
}

/// A position with another one behind it, written as the tracker writes it. Gives the position and its length with the separator;
/// `None` sends it to the slow path.
#[inline]
fn usual_position(
    window: &[u8; number::WINDOW],
    strings: &mut Strings,
) -> Option<(EngagementPosition, usize)> {
    let block = window.first_chunk()?;
    let mut commas = Places(marks::places(block, b','));
    let ends: [usize; 4] = std::array::from_fn(|_| commas.next());
    let real = |nth: usize| number::tenths_between(window, ends[nth - 1] + 1, ends[nth]);
    let (time, x, y, z) = (
        number::int_between(window, 0, ends[0])?,
        real(1)?,
        real(2)?,
        real(3)?,
    );
    let end = Places(marks::places(block, b'|')).next();
    // A line end inside means that this was the last item of its list.
    let event = block.get(ends[3] + 1..end)?;
    if end == marks::BLOCK || !event.iter().all(|&b| is_word(b)) {
        return None;
    }
    let event = strings.intern(event);
    let position = EngagementPosition {
        time,
        x,
        y,
        z,
        event,
    };
    Some((position, end + 1))
}

/// Whether a byte is one of those that the tracker's own words are made of.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte == b'_'
}

/// The first `N` fields of an item; further ones are ignored.
fn first_fields<const N: usize>(item: Field<'_>) -> Result<[Field<'_>; N], ItemField> {
    let mut fields = [Field::EMPTY; N];
    let count = split(item, b',', &mut fields);
    if count < N { Err(None) } else { Ok(fields) }
}

fn read_attackers(
    list: Field<'_>,
    all: &mut Engagements,
    strings: &mut Strings,
    findings: &mut Findings,
) -> Span {
    let start = all.attackers.len();
    for (number, item) in items(list) {
        match read_attacker(item, &mut all.weapons, strings) {
            Ok((attacker, Lenient(lenient))) => {
                findings.lenient |= lenient;
                all.attackers.push(attacker);
            }
            Err(field) => findings.bad_item("attackers", number, field),
        }
    }
    Span::new(start, all.attackers.len())
}

fn read_attacker(
    item: Field<'_>,
    weapons: &mut Vec<(i64, i64)>,
    strings: &mut Strings,
) -> Result<(AttackerRow, Lenient), ItemField> {
    let fields: [Field<'_>; 9] = first_fields(item)?;
    let mut lenient = false;
    let mut int = |index: usize, name| match number::int_of(fields[index]) {
        Ok((value, Lenient(tolerant))) => {
            lenient |= tolerant;
            Ok(value)
        }
        Err(why) => Err(Some((name, why))),
    };
    let (damage, hits) = (int(3, "damage")?, int(4, "hits")?);
    let (first_hit, last_hit) = (int(5, "first_hit")?, int(6, "last_hit")?);
    let weapons_start = weapons.len();
    for pair in fields[8].text().split(|&b| b == b';') {
        let mut halves = pair.split(|&b| b == b':');
        if let (Some(weapon), Some(count)) = (halves.next(), halves.next())
            && !weapon.is_empty()
            && !count.is_empty()
        {
            match (number::int(weapon), number::int(count)) {
                (Ok((weapon, _)), Ok((count, _))) => weapons.push((weapon, count)),
                (Err(why), _) | (_, Err(why)) => {
                    weapons.truncate(weapons_start);
                    return Err(Some(("weapons", why)));
                }
            }
        }
    }
    let attacker = AttackerRow {
        guid: strings.intern(fields[0].text()),
        name: strings.intern(fields[1].text()),
        team: strings.intern(fields[2].text()),
        damage,
        hits,
        first_hit,
        last_hit,
        got_kill: fields[7].text().trim_ascii() == b"1",
        weapons: Span::new(weapons_start, weapons.len()),
    };
    Ok((attacker, Lenient(lenient)))
}
