//! Bytes to samples.

use super::{KNOWN_EVENTS, LANES, VERSION};
use crate::format::columnar::from_tenths;
use crate::format::{Sample, Samples, Span, Strings};
use crate::library::pack::bytes::Cursor;
use crate::library::pack::{Damaged, lane};

/// Appends the samples of a BLOB to `samples`, whose names of events grow where it has new ones. Gives where they stand.
///
/// # Errors
/// [`Damaged`] when the bytes are not what [`super::encode_path`] makes, or the file would have too many names of events; no sample is
/// appended then.
pub fn decode_path(
    bytes: &[u8],
    samples: &mut Samples,
    strings: &mut Strings,
) -> Result<Span, Damaged> {
    let start = samples.len();
    let unpacked = unpack(bytes, samples).and_then(|names| {
        let mut codes = Vec::with_capacity(names.len());
        for name in names {
            let code = samples.event_code(name, strings);
            codes.push(code.ok_or(Damaged("it has too many names of events"))?);
        }
        for event in &mut samples.event[start..] {
            *event = codes[usize::from(*event)];
        }
        u32::try_from(samples.len()).map_err(|_| Damaged("it has too many samples"))
    });
    if let Err(damaged) = unpacked {
        truncate(samples, start);
        return Err(damaged);
    }
    Ok(Span {
        start: start as u32,
        len: (samples.len() - start) as u32,
    })
}

/// A path that belongs to no document.
#[derive(Clone, Debug, Default)]
pub struct LoosePath<'a> {
    samples: Samples,
    event_names: Vec<&'a [u8]>,
}

impl<'a> LoosePath<'a> {
    /// Unpacks a BLOB.
    ///
    /// # Errors
    /// [`Damaged`] when the bytes are not what [`super::encode_path`] makes.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, Damaged> {
        let mut samples = Samples::default();
        let event_names = unpack(bytes, &mut samples)?;
        Ok(Self {
            samples,
            event_names,
        })
    }

    /// Number of samples.
    pub fn len(&self) -> usize {
        self.samples.len()
    }

    /// Whether there is no sample.
    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    /// The samples in order, with the names of their events as bytes; the samples' own `event` is an index into these names, not into
    /// those of a document.
    pub fn iter(&self) -> impl Iterator<Item = (Sample, &'a [u8])> {
        (0..self.len()).map(|index| {
            let sample = self.samples.get(index);
            (sample, self.event_names[usize::from(sample.event)])
        })
    }
}

fn truncate(samples: &mut Samples, count: usize) {
    samples.time_ms.truncate(count);
    samples.x.truncate(count);
    samples.y.truncate(count);
    samples.z.truncate(count);
    samples.health.truncate(count);
    samples.speed.truncate(count);
    samples.weapon.truncate(count);
    samples.stance.truncate(count);
    samples.sprint.truncate(count);
    samples.event.truncate(count);
}

/// Appends the samples; their events are places in the list of names, which is given back and has every one of them. After an error
/// the columns may be of different lengths.
fn unpack<'a>(bytes: &'a [u8], samples: &mut Samples) -> Result<Vec<&'a [u8]>, Damaged> {
    let mut cursor = Cursor::open(bytes, VERSION)?;
    let count: usize = cursor.number()?;
    if lane::fewest_bytes(count).saturating_mul(LANES) > cursor.len() {
        return Err(Damaged("it says that more samples follow than there are"));
    }
    let mut names = Vec::new();
    if count > 0 {
        let start = samples.len();
        let mut numbers = Vec::with_capacity(count);
        lane::read(&mut cursor, count, &mut numbers)?;
        let is_time = |number: &i64| i32::try_from(*number).is_ok();
        if !numbers.iter().all(is_time) {
            return Err(Damaged("a time is too large"));
        }
        samples.time_ms.extend(numbers.iter().map(|t| *t as i32));
        for column in [
            &mut samples.x,
            &mut samples.y,
            &mut samples.z,
            &mut samples.speed,
        ] {
            lane::read(&mut cursor, count, &mut numbers)?;
            column.extend(numbers.iter().map(|tenths| from_tenths(*tenths as i32)));
        }
        read_exceptions(&mut cursor, samples, start)?;
        read_runs(&mut cursor, count, &mut samples.health)?;
        read_runs(&mut cursor, count, &mut samples.weapon)?;
        read_runs(&mut cursor, count, &mut samples.stance)?;
        read_runs(&mut cursor, count, &mut samples.sprint)?;
        names = read_names(&mut cursor)?;
        read_runs(&mut cursor, count, &mut samples.event)?;
        let is_named = |event: &u8| usize::from(*event) < names.len();
        if !samples.event[start..].iter().all(is_named) {
            return Err(Damaged("an event has no name"));
        }
    }
    cursor.finish()?;
    Ok(names)
}

fn read_exceptions(
    cursor: &mut Cursor<'_>,
    samples: &mut Samples,
    start: usize,
) -> Result<(), Damaged> {
    let mut next = 0_usize;
    for _ in 0..cursor.count(5)? {
        let place = next.checked_add(cursor.number()?);
        let place = place.ok_or(Damaged("an exception has no sample"))?;
        let value = f32::from_le_bytes(cursor.array()?);
        let column = match place % (LANES - 1) {
            0 => &mut samples.x,
            1 => &mut samples.y,
            2 => &mut samples.z,
            _ => &mut samples.speed,
        };
        let slot = column.get_mut(start + place / (LANES - 1));
        *slot.ok_or(Damaged("an exception has no sample"))? = value;
        next = place + 1;
    }
    Ok(())
}

fn read_runs<T: Copy + TryFrom<i64>>(
    cursor: &mut Cursor<'_>,
    count: usize,
    column: &mut Vec<T>,
) -> Result<(), Damaged> {
    let mut left = count;
    while left > 0 {
        let value = T::try_from(cursor.signed()?);
        let value = value.map_err(|_| Damaged("a value is too large"))?;
        let more: usize = cursor.number()?;
        if more >= left {
            return Err(Damaged("a value lasts longer than the path"));
        }
        column.extend(std::iter::repeat_n(value, more + 1));
        left -= more + 1;
    }
    Ok(())
}

fn read_names<'a>(cursor: &mut Cursor<'a>) -> Result<Vec<&'a [u8]>, Damaged> {
    let count = cursor.count(1)?;
    let mut names = Vec::with_capacity(count.min(256));
    for _ in 0..count {
        names.push(match cursor.byte()? {
            0 => cursor.text()?,
            known => match KNOWN_EVENTS.get(usize::from(known) - 1) {
                Some(name) => name.as_bytes(),
                None => return Err(Damaged("an event is not known")),
            },
        });
    }
    Ok(names)
}
