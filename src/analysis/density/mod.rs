//! Where things happen: sums on a grid over any set of rounds of one map.
//!
//! A [`Grid`] divides the world into square cells of 16 to 512 u; cell (x, y) covers `size·x .. size·(x+1)` and the same for y. [`density`]
//! adds up one [`Kind`] of thing, as far as a [`Filter`] takes it, over any rounds of one map: milliseconds for movement, 1 per event for
//! everything else. All sums are whole numbers, so that neither the order of the rounds nor the number of cores changes any.
//! [`field()`] makes numbers to be drawn of it (a [`Normal`] says per what, each with its [`Unit`]), spread by a bell that loses nothing;
//! [`difference()`] compares two sets cell by cell; [`behind()`] lists the lives, engagements and moments behind one cell;
//! [`file_check`] holds the file's own heatmaps against its rows.
//!
//! | kind | what | where | source |
//! |---|---|---|---|
//! | movement | time of the living, ms | where each sample was taken | `PLAYER_TRACKS` |
//! | kills by killer | kills of enemies | where the killer stood | [`super::deaths`] |
//! | kills by victim | kills of enemies | where the victim died | [`super::deaths`] |
//! | deaths | deaths of any kind | where the victim died | [`super::deaths`] |
//! | combat | hits of enemies on the living | where the target was | `ENGAGEMENTS`, positions with `hit` |
//! | escapes | fights that ended `escaped` | where the target was at the end | `ENGAGEMENTS` |
//! | shots | shots | where the shooter stood | `SHOT_FIRED` |
//!
//! Doubtful rows are left out: samples taken in limbo or of the dead, engagements on bodies, self and team kills as kills, hits of team
//! mates. A sample holds from its time until the next one of its life, at most twice the cadence, and all of it counts where and when
//! it began. So halves of a round add up to the whole, and one way sampled at 200 and at 500 ms gives the same presence up to one step per visit
//! of a cell: in cells smaller than a step (some 60 u at 200 ms, 150 u at 500 ms) a fast way shows as dots, which a blur closes.
//! A shot or kill of somebody after a revive, of whom there is no track then, counts for the life he had last.
//!
//! What a file does not tell is not zero: a round whose file cannot tell of the kind is listed in [`Density::unavailable`] and not among the
//! rounds counted; events without a place, and what a filter asks for and the file does not tell, are counted apart.
//!
//! *Alone* is who has no living team mate within [`Params::alone_u`] (three dimensions) by the mates' last samples at or before that
//! moment, at most [`Params::oldest_sample_ms`] old.
//!
//! Known weakness: what a player does after a revive has no samples (trackers up to 6.11): he is missing in movement, and as company; a hit of
//! a team mate (trackers up to 4.2) in between those of an enemy counts as the enemy's; shots carry whole units only.
//!
//! # What a caller keeps
//! [`Source`] holds a round with its [`super::deaths::deaths`] and [`super::flags::RowFlags::of`]. Both are reckoned once, when a round is
//! loaded, and kept beside it: reckoned anew for every density they would take longer than the density itself. They cost
//! one byte per sample and some hundred bytes per death. Nothing else is prepared: the columns are walked as they are.
//!
//! # Cost
//! O(samples) for movement: one pass for the bounds, one to count, without a search per sample, in parallel over rounds; memory 32 bytes per
//! cell of the bounding box and worker, at most 64 MiB each. O(events · log events) for everything else. Team, person and class are decided
//! once per life, a time range once per life by two searches. *Alone* adds O(samples · team mates).

mod behind;
mod blur;
mod company;
pub mod difference;
mod events;
mod field;
pub mod file_check;
mod filter;
mod grid;
mod tally;
mod track;
mod walk;

pub use behind::{Behind, BehindLife, BehindRow, Moment, behind};
pub use difference::{Differing, Incomparable, Side, difference};
pub use field::{Field, FieldCell, NoField, Normal, Unit, field};
pub use filter::Filter;
pub use grid::{At, Cell, Grid};
pub use walk::Source;

use rayon::prelude::*;
use serde::Serialize;
use std::sync::{Mutex, PoisonError};
use tally::{Tally, Window};
use walk::{Asked, walk};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Time of the living, ms, where they are.
    Movement,
    /// Kills of enemies, where the killer stood.
    KillsByKiller,
    /// Kills of enemies, where the victim died; filtered by the killer.
    KillsByVictim,
    /// Deaths of any kind, where they happened.
    Deaths,
    /// Hits of enemies on the living, where the target was; filtered by the target.
    Combat,
    /// Fights that the target got away from, where he was when they ended.
    Escapes,
    /// Shots, where the shooter stood.
    Shots,
}

impl Kind {
    /// All kinds, in the order of lists.
    pub const ALL: [Self; 7] = [
        Self::Movement,
        Self::KillsByKiller,
        Self::KillsByVictim,
        Self::Deaths,
        Self::Combat,
        Self::Escapes,
        Self::Shots,
    ];

    /// What a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Movement => "movement",
            Self::KillsByKiller => "kills, by where the killer stood",
            Self::KillsByVictim => "kills, by where the victim died",
            Self::Deaths => "deaths",
            Self::Combat => "hits taken",
            Self::Escapes => "escapes",
            Self::Shots => "shots",
        }
    }
}

/// Constants.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Params {
    /// Edge of a cell, u; kept between 16 and 512.
    pub size_u: f32,
    /// Farther from every living team mate than this is alone, u.
    pub alone_u: f32,
    /// How old a team mate's last sample may be to tell where he is, ms.
    pub oldest_sample_ms: i64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            size_u: grid::USUAL_SIZE_U,
            alone_u: 500.0,
            oldest_sample_ms: 1500,
        }
    }
}

impl Params {
    /// With the size of cells kept within its bounds.
    fn kept(self) -> Self {
        Self {
            size_u: grid::kept_size(self.size_u),
            ..self
        }
    }
}

/// Why a round of a set is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unavailable {
    /// It is of another map than the first round.
    OtherMap,
    /// No samples: trackers before 4.0, or a file cut early.
    NoSamples,
    /// No engagements, and the header does not declare that they were recorded.
    NoEngagements,
    /// No rows of `SHOT_FIRED`.
    NoShots,
}

impl Unavailable {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::OtherMap => "another map",
            Self::NoSamples => "no samples in file",
            Self::NoEngagements => "no engagements in file",
            Self::NoShots => "no shots in file",
        }
    }
}

/// One kind of thing over a set of rounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Density {
    /// What is counted.
    pub kind: Kind,
    /// Which of it.
    pub filter: Filter,
    /// With which constants; the size of cells as it was used.
    pub params: Params,
    /// The sums.
    pub grid: Grid,
    /// Rounds given.
    pub given: u32,
    /// Of these (by index, in order), those that are not counted, with the reason.
    pub unavailable: Vec<(u32, Unavailable)>,
    /// Samples or events not counted because the file does not tell what the filter asks for (a team, a class, company).
    pub undecided: u64,
    /// Events that the filter takes and the file gives no place for; not counted.
    pub without_place: u64,
}

impl Density {
    /// Rounds that are counted, also those in which nothing happened.
    pub fn rounds(&self) -> u32 {
        self.given - self.unavailable.len() as u32
    }

    /// Two sets that share no round, as one; `None` where they do not count the same thing in the same way.
    #[must_use]
    pub fn merged(&self, other: &Self) -> Option<Self> {
        let same = |set: &Self| (set.kind, set.params, set.filter.clone());
        if same(self) != same(other) {
            return None;
        }
        let behind = other.unavailable.iter();
        let behind = behind.map(|(round, why)| (round + self.given, *why));
        Some(Self {
            grid: self.grid.merged(&other.grid)?,
            given: self.given + other.given,
            unavailable: self.unavailable.iter().copied().chain(behind).collect(),
            undecided: self.undecided + other.undecided,
            without_place: self.without_place + other.without_place,
            ..self.clone()
        })
    }
}

/// The density of one kind over a set of rounds of one map. See the module's head.
pub fn density(sources: &[Source<'_>], kind: Kind, filter: &Filter, params: &Params) -> Density {
    let params = params.kept();
    let (counted, unavailable) = split(sources, kind);
    let window = match kind {
        Kind::Movement => Window::around(&counted, params.size_u),
        // Events are few: a map will do.
        _ => Window::default(),
    };
    let asked = Asked {
        kind,
        filter,
        params: &params,
    };
    let tallies = tallies(&counted, asked, window);
    let of_all = |left: fn(&Tally) -> u64| tallies.iter().map(left).sum();
    Density {
        kind,
        filter: filter.clone(),
        params,
        grid: Tally::grid(&tallies, params.size_u),
        given: sources.len() as u32,
        undecided: of_all(|tally| tally.undecided),
        without_place: of_all(|tally| tally.without_place),
        unavailable: unavailable.into_iter().collect(),
    }
}

/// Counts every round in one of as many tallies as there are workers. Which worker counts which round does not show: a round is never
/// split, and everything added up is whole.
fn tallies(sources: &[Source<'_>], asked: Asked<'_>, window: Window) -> Vec<Tally> {
    let pool: Mutex<Vec<Tally>> = Mutex::new(Vec::new());
    sources.par_iter().for_each(|source| {
        let idle = pool.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut tally = idle.unwrap_or_else(|| Tally::new(window));
        walk(source, asked, &mut tally);
        pool.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(tally);
    });
    pool.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// The rounds that can be counted, and the others with the reason.
fn split<'a>(sources: &[Source<'a>], kind: Kind) -> (Vec<Source<'a>>, Vec<(u32, Unavailable)>) {
    let mut counted = Vec::with_capacity(sources.len());
    let mut others = Vec::new();
    for (source, index) in sources.iter().zip(0..) {
        match why_not(sources, source, kind) {
            Some(why) => others.push((index, why)),
            None => counted.push(*source),
        }
    }
    (counted, others)
}

/// Why a round of a set is not counted.
fn why_not(sources: &[Source<'_>], source: &Source<'_>, kind: Kind) -> Option<Unavailable> {
    let map = sources.first()?.round.map();
    if !source.round.map().eq_ignore_ascii_case(map) {
        return Some(Unavailable::OtherMap);
    }
    events::unavailable(source.round, kind)
}
