//! `PLAYER_TRACKS`: one row per life, its path as columns.
//!
//! Most of a file is this section, so a point is read by one pass over its bytes; only a point that is not written the usual way is
//! split and looked at field by field. A point that cannot be read is dropped and counted, the life stays.

use super::columnar::columnar;
use super::field::Field;
use super::number::{self, BadNumber, Lenient};
use super::point::usual_point;
use super::row::{BadField, Span};
use super::text::{Strings, Sym};

/// Column names; files of version 4.0 have no `death_type`.
pub const COLUMNS: &[&str] = &[
    "guid",
    "name",
    "team",
    "class",
    "spawn_time",
    "death_time",
    "first_move_time",
    "death_type",
    "samples",
    "path",
];
/// Points are rarely shorter than this.
pub(crate) const USUAL_POINT_BYTES: usize = 44;

const COLUMNS_4_0: &[&str] = &[
    "guid",
    "name",
    "team",
    "class",
    "spawn_time",
    "death_time",
    "first_move_time",
    "samples",
    "path",
];

/// The column names of a row with `count` columns.
pub(crate) fn columns(count: usize) -> &'static [&'static str] {
    if count > MIN_COLUMNS {
        COLUMNS
    } else {
        COLUMNS_4_0
    }
}

/// The section's name.
pub const SECTION: &str = "PLAYER_TRACKS";
/// Fewer columns make a row unreadable; with exactly this many it is a 4.0 row.
pub const MIN_COLUMNS: usize = 9;

/// One life as the file tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrackRow {
    /// Who; empty for bots without a GUID.
    pub guid: Sym,
    /// Name at spawn, with colour codes.
    pub name: Sym,
    /// `AXIS`, `ALLIES` or `SPEC`.
    pub team: Sym,
    /// Class at spawn, such as `MEDIC`.
    pub class: Sym,
    /// Spawn, ms on the file's clock; negative or stale in some versions.
    pub spawn_time: i64,
    /// End of the life, ms; `None` when empty. 0 also means "not known".
    pub death_time: Option<i64>,
    /// First sample that moved, ms.
    pub first_move_time: Option<i64>,
    /// How the life ended; `None` in files of version 4.0.
    pub death_type: Option<Sym>,
    /// Number of points the tracker says it wrote.
    pub declared_samples: i64,
    /// The readable points, in [`Samples`].
    pub path: Span,
    /// Points that were there but could not be read.
    pub dropped_points: u32,
}

// Where a path starts follows from the lengths: the points stand in the order of the lives.
columnar!(TrackRow {
    guid,
    name,
    team,
    class,
    spawn_time,
    death_time,
    first_move_time,
    death_type,
    declared_samples,
    path.len,
    dropped_points,
});

/// The points of all lives, one column per quantity, in file order.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    /// ms on the file's clock.
    pub time_ms: Vec<i32>,
    /// East, ET units, exact to the file's one decimal.
    pub x: Vec<f32>,
    /// North, ET units.
    pub y: Vec<f32>,
    /// Up, ET units.
    pub z: Vec<f32>,
    /// Health points; 0 at death.
    pub health: Vec<i32>,
    /// Horizontal speed, units per second.
    pub speed: Vec<f32>,
    /// Weapon in hand (`weapon_t`).
    pub weapon: Vec<i16>,
    /// 0 standing, 1 crouching, 2 as recorded "prone" (which it is not in known versions).
    pub stance: Vec<i16>,
    /// 1 when the tracker took the player to be sprinting.
    pub sprint: Vec<i16>,
    /// Index into [`Samples::event_names`].
    pub event: Vec<u8>,
    /// Names of the point events met in this file: `sample`, `spawn` first, then as they appear.
    pub event_names: Vec<Sym>,
}

/// One point, as a value.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sample {
    /// ms on the file's clock.
    pub time_ms: i32,
    /// East, ET units.
    pub x: f32,
    /// North, ET units.
    pub y: f32,
    /// Up, ET units.
    pub z: f32,
    /// Health points.
    pub health: i32,
    /// Horizontal speed, units per second.
    pub speed: f32,
    /// Weapon in hand (`weapon_t`).
    pub weapon: i16,
    /// Recorded stance.
    pub stance: i16,
    /// Recorded sprint flag.
    pub sprint: i16,
    /// Index into [`Samples::event_names`].
    pub event: u8,
}

impl Samples {
    pub(crate) const EVENT_SAMPLE: u8 = 0;
    /// Most names of events: so many have a code.
    pub(crate) const MOST_EVENTS: usize = 256;

    pub(crate) fn new(strings: &mut Strings) -> Self {
        Self {
            event_names: vec![strings.intern(b"sample"), strings.intern(b"spawn")],
            ..Self::default()
        }
    }

    /// Number of points.
    pub fn len(&self) -> usize {
        self.time_ms.len()
    }

    /// Whether there is no point at all.
    pub fn is_empty(&self) -> bool {
        self.time_ms.is_empty()
    }

    /// Point `index` as a value.
    ///
    /// # Panics
    /// When `index` is not below [`Samples::len`].
    pub fn get(&self, index: usize) -> Sample {
        Sample {
            time_ms: self.time_ms[index],
            x: self.x[index],
            y: self.y[index],
            z: self.z[index],
            health: self.health[index],
            speed: self.speed[index],
            weapon: self.weapon[index],
            stance: self.stance[index],
            sprint: self.sprint[index],
            event: self.event[index],
        }
    }

    /// Whether point `index` is an ordinary one (event `sample`), neither the first nor the last of a life.
    ///
    /// # Panics
    /// When `index` is not below [`Samples::len`].
    pub fn is_plain(&self, index: usize) -> bool {
        self.event[index] == Self::EVENT_SAMPLE
    }

    /// Appends points; many at once cost less than one after the other, because each column grows once.
    fn extend(&mut self, points: &[Sample]) {
        self.time_ms
            .extend(points.iter().map(|point| point.time_ms));
        self.x.extend(points.iter().map(|point| point.x));
        self.y.extend(points.iter().map(|point| point.y));
        self.z.extend(points.iter().map(|point| point.z));
        self.health.extend(points.iter().map(|point| point.health));
        self.speed.extend(points.iter().map(|point| point.speed));
        self.weapon.extend(points.iter().map(|point| point.weapon));
        self.stance.extend(points.iter().map(|point| point.stance));
        self.sprint.extend(points.iter().map(|point| point.sprint));
        self.event.extend(points.iter().map(|point| point.event));
    }

    pub(crate) fn reserve(&mut self, more: usize) {
        self.time_ms.reserve(more);
        self.x.reserve(more);
        self.y.reserve(more);
        self.z.reserve(more);
        self.health.reserve(more);
        self.speed.reserve(more);
        self.weapon.reserve(more);
        self.stance.reserve(more);
        self.sprint.reserve(more);
        self.event.reserve(more);
    }

    /// The code of an event name; `None` when a file has more than 255 different ones.
    pub(crate) fn event_code(&mut self, name: &[u8], strings: &mut Strings) -> Option<u8> {
        if name == b"sample" {
            return Some(Self::EVENT_SAMPLE);
        }
        let sym = strings.intern(name);
        if let Some(known) = self.event_names.iter().position(|&known| known == sym) {
            return u8::try_from(known).ok();
        }
        let code = u8::try_from(self.event_names.len()).ok()?;
        self.event_names.push(sym);
        Some(code)
    }
}

/// A point that could not be read: which one of its life, from 1, and why.
pub(crate) struct BadPoint {
    pub(crate) number: usize,
    pub(crate) what: BadPointKind,
}

pub(crate) enum BadPointKind {
    /// Fewer than ten fields; a strict reader also skips just the point.
    TooShort,
    /// A field that is no number of its kind; a strict reader drops the whole life.
    Field(&'static str, BadNumber),
    /// The 256th different event name of the file.
    TooManyEvents,
}

/// What reading a path found besides its points.
#[derive(Default)]
pub(crate) struct PathFindings {
    pub(crate) bad_points: Vec<BadPoint>,
    pub(crate) dropped: u32,
    /// A strict reader would have dropped the whole life.
    pub(crate) lenient: bool,
}

/// Most bad points of one life that are reported one by one.
const MOST_REPORTED: usize = 20;

/// Usual points that are put into the columns together.
const TOGETHER: usize = 32;

/// Reads the points of one life into `samples`. `path` may be followed by anything, but not by what could continue a number.
pub(crate) fn read_path(
    path: Field<'_>,
    samples: &mut Samples,
    strings: &mut Strings,
) -> (Span, PathFindings) {
    let start = samples.len();
    let mut findings = PathFindings::default();
    let mut at = 0;
    let mut number = 0;
    let mut points = [Sample::default(); TOGETHER];
    while at < path.len() {
        let mut count = 0;
        while count < TOGETHER
            && let Some((point, length)) = path.window(at).and_then(usual_point)
        {
            points[count] = point;
            count += 1;
            at += length;
        }
        samples.extend(&points[..count]);
        number += count;
        if count == TOGETHER || at >= path.len() {
            continue;
        }
        number += 1;
        let text = path.text();
        let end = memchr::memchr(b'|', &text[at..]).map_or(text.len(), |n| at + n);
        match unusual_point(&text[at..end], samples, strings) {
            Ok(None) => {}
            Ok(Some((point, Lenient(lenient)))) => {
                findings.lenient |= lenient;
                samples.extend(&[point]);
            }
            Err(what) => {
                findings.lenient |= !matches!(what, BadPointKind::TooShort);
                findings.dropped += 1;
                if findings.bad_points.len() < MOST_REPORTED {
                    findings.bad_points.push(BadPoint { number, what });
                }
            }
        }
        at = end + 1;
    }
    (Span::new(start, samples.len()), findings)
}

/// A point by the letter. `Ok(None)` for an empty item, which the format allows behind the last `|`.
#[cold]
pub(super) fn unusual_point(
    point: &[u8],
    samples: &mut Samples,
    strings: &mut Strings,
) -> Result<Option<(Sample, Lenient)>, BadPointKind> {
    if point.trim_ascii().is_empty() {
        return Ok(None);
    }
    let mut fields = [&[][..]; 10];
    let mut count = 0;
    for (field, slot) in point.split(|&b| b == b',').zip(&mut fields) {
        *slot = field;
        count += 1;
    }
    if count < fields.len() {
        return Err(BadPointKind::TooShort);
    }
    let mut lenient = false;
    let mut int = |index: usize, name| match number::int(fields[index]) {
        Ok((value, Lenient(tolerant))) => {
            lenient |= tolerant;
            Ok(value)
        }
        Err(why) => Err(BadPointKind::Field(name, why)),
    };
    let too_large = |name| move |_| BadPointKind::Field(name, BadNumber::TooLarge);
    let time_ms = i32::try_from(int(0, "time")?).map_err(too_large("time"))?;
    let health = i32::try_from(int(4, "health")?).map_err(too_large("health"))?;
    let weapon = i16::try_from(int(6, "weapon")?).map_err(too_large("weapon"))?;
    let stance = i16::try_from(int(7, "stance")?).map_err(too_large("stance"))?;
    let sprint = i16::try_from(int(8, "sprint")?).map_err(too_large("sprint"))?;
    let real = |index: usize, name| {
        let value =
            number::real(fields[index]).map_err(|why| BadPointKind::Field(name, why))? as f32;
        if value.is_finite() {
            Ok(value)
        } else {
            Err(BadPointKind::Field(name, BadNumber::TooLarge))
        }
    };
    let (x, y, z, speed) = (
        real(1, "x")?,
        real(2, "y")?,
        real(3, "z")?,
        real(5, "speed")?,
    );
    let event = samples
        .event_code(fields[9], strings)
        .ok_or(BadPointKind::TooManyEvents)?;
    let point = Sample {
        time_ms,
        x,
        y,
        z,
        health,
        speed,
        weapon,
        stance,
        sprint,
        event,
    };
    Ok(Some((point, Lenient(lenient))))
}

/// Reads the columns before the path. `fields` has at least [`MIN_COLUMNS`] entries; gives the row (its path still empty), the path's
/// text and whether a tolerant rule was needed.
pub(crate) fn read_columns<'a>(
    fields: &[Field<'a>],
    strings: &mut Strings,
) -> Result<(TrackRow, Field<'a>, bool), BadField> {
    let mut lenient = false;
    let mut int = |index: usize, column: &'static str| match number::int_of(fields[index]) {
        Ok((value, Lenient(tolerant))) => {
            lenient |= tolerant;
            Ok(value)
        }
        Err(why) => Err(BadField { column, why }),
    };
    let has_death_type = fields.len() > MIN_COLUMNS;
    let behind = usize::from(has_death_type);
    let spawn_time = int(4, "spawn_time")?;
    let declared_samples = int(7 + behind, "samples")?;
    let mut optional = |index: usize, column| match fields[index].text().trim_ascii() {
        b"" => Ok(None),
        _ => int(index, column).map(Some),
    };
    let death_time = optional(5, "death_time")?;
    let first_move_time = optional(6, "first_move_time")?;
    let row = TrackRow {
        guid: strings.intern(fields[0].text()),
        name: strings.intern(fields[1].text()),
        team: strings.intern(fields[2].text()),
        class: strings.intern(fields[3].text()),
        spawn_time,
        death_time,
        first_move_time,
        death_type: has_death_type.then(|| strings.intern(fields[7].text())),
        declared_samples,
        path: Span::default(),
        dropped_points: 0,
    };
    Ok((row, fields[8 + behind], lenient))
}
