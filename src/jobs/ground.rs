//! Finds out what is known about the ground under a round: world rectangle, picture, objectives.

use crate::maps::bounds::WorldRect;
use crate::maps::objective::Objective;
use crate::maps::picture::{Picture, bundled_picture, decode};
use crate::maps::table::{KnownMaps, MatchedBy};
use crate::model::Round;

/// The ground, without a texture yet.
#[derive(Clone, Debug)]
pub struct GroundPlan {
    /// World rectangle of the picture, or of the data where the map is unknown.
    pub rect: WorldRect,
    /// Where that rectangle comes from, in words.
    pub source: String,
    /// The command map picture, decoded.
    pub picture: Option<Picture>,
    /// Known objectives.
    pub objectives: Vec<Objective>,
}

/// Room around the outermost positions of a map that is not known, ET units.
const MARGIN_U: f32 = 256.0;
/// Half a side of the rectangle shown when a file has no position at all, ET units.
const NOTHING_U: f32 = 2048.0;

/// What is known about the ground of `round`.
///
/// # Panics
/// Never: the rectangle that is used without any position is a proper one.
pub fn ground_of(round: &Round) -> GroundPlan {
    let map = round.map();
    if let Some(known) = KnownMaps::bundled().lookup(map) {
        let source = match known.by {
            MatchedBy::Name => "corners from the table of known maps".to_owned(),
            MatchedBy::Alias => format!(
                "corners from the table of known maps, of {}, which has the same geometry",
                known.map.name
            ),
        };
        return GroundPlan {
            rect: known.map.bounds,
            source,
            // The bundled picture is checked by a test; a map without one is no failure.
            picture: bundled_picture(map).and_then(|bytes| decode(bytes).ok()),
            objectives: known.map.objectives.clone(),
        };
    }
    let fitted = WorldRect::fit(positions(round), MARGIN_U);
    let source = match fitted {
        Some(_) => "map not known: fitted to the positions in this file",
        None => "map not known, and no positions in this file",
    };
    let nothing =
        || WorldRect::new(-NOTHING_U, NOTHING_U, NOTHING_U, -NOTHING_U).expect("a square");
    GroundPlan {
        rect: fitted.unwrap_or_else(nothing),
        source: source.to_owned(),
        picture: None,
        objectives: Vec::new(),
    }
}

/// Every position of the file, samples first; files without lives still have the ends of their engagements.
fn positions(round: &Round) -> impl Iterator<Item = (f32, f32)> {
    let samples = round.samples();
    let sampled = samples.x.iter().copied().zip(samples.y.iter().copied());
    let engagements = round.document.engagements.table.rows.iter();
    let ends =
        engagements.filter_map(|row| Some((row.end_x.get()? as f32, row.end_y.get()? as f32)));
    sampled.chain(ends)
}
