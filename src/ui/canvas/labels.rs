//! Where names go so that none hides another: greedy, most important first.

use crate::model::PlayerId;
use eframe::egui::{Pos2, Rect, Vec2};
use rustc_hash::FxHashMap;

/// Room kept free around a label, points.
const GAP: f32 = 2.0;

/// What a label belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    /// A player.
    Player(PlayerId),
    /// An objective, by its index.
    Objective(usize),
}

/// A label that wants a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// Whose.
    pub(super) owner: Owner,
    /// Middle of the marker.
    pub(super) anchor: Pos2,
    /// Radius of the marker.
    pub(super) clearance: f32,
    /// Size of the text.
    pub(super) size: Vec2,
    /// May cover markers of others when there is no free place; never another label.
    pub(super) must_show: bool,
}

/// On which side of its marker a label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
    Right,
    Left,
    AboveRight,
    BelowRight,
    AboveLeft,
    BelowLeft,
}

impl Side {
    const ALL: [Self; 8] = [
        Self::Above,
        Self::Below,
        Self::Right,
        Self::Left,
        Self::AboveRight,
        Self::BelowRight,
        Self::AboveLeft,
        Self::BelowLeft,
    ];

    /// The label's rectangle on this side.
    fn rect(self, wanted: &Wanted) -> Rect {
        let half = wanted.size / 2.0;
        let out = wanted.clearance + GAP;
        // The corner of a marker's square is empty: a label beside it may move in.
        let slant = out * 0.7;
        let (dx, dy) = match self {
            Self::Above => (0.0, -out - half.y),
            Self::Below => (0.0, out + half.y),
            Self::Right => (out + half.x, 0.0),
            Self::Left => (-out - half.x, 0.0),
            Self::AboveRight => (slant + half.x, -slant - half.y * 0.5),
            Self::BelowRight => (slant + half.x, slant + half.y * 0.5),
            Self::AboveLeft => (-slant - half.x, -slant - half.y * 0.5),
            Self::BelowLeft => (-slant - half.x, slant + half.y * 0.5),
        };
        Rect::from_center_size(wanted.anchor + Vec2::new(dx, dy), wanted.size)
    }
}

/// On which side each label was in the frame before: one that is well where it is does not jump.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    sides: FxHashMap<Owner, Side>,
    t_ms: i64,
}

/// After a jump in time nobody expects a name to be where it was, ms.
const FORGET_AFTER_MS: i64 = 1_000;

impl Memory {
    /// Call once a frame with the moment that is drawn.
    pub(super) fn begin(&mut self, t_ms: i64) {
        if (t_ms - self.t_ms).abs() > FORGET_AFTER_MS {
            self.sides.clear();
        }
        self.t_ms = t_ms;
    }
}

/// Places labels inside `bounds`, in the order given (most important first), where they overlap neither each other nor `obstacles`
/// (the markers; a label's own is its anchor and never in its way). `None` for a label without a place. O(labels × (labels + obstacles)).
pub(super) fn place(
    bounds: Rect,
    wanted: &[Wanted],
    obstacles: &[Rect],
    memory: &mut Memory,
) -> Vec<Option<Rect>> {
    let mut placed: Vec<Option<Rect>> = Vec::with_capacity(wanted.len());
    for label in wanted {
        let is_free = |rect: Rect, markers_count: bool| {
            let grown = rect.expand2(Vec2::new(GAP, 0.0));
            bounds.contains_rect(rect)
                && !placed.iter().flatten().any(|other| overlaps(*other, grown))
                && !(markers_count
                    && obstacles
                        .iter()
                        .any(|other| !other.contains(label.anchor) && overlaps(*other, rect)))
        };
        let last = memory.sides.get(&label.owner).copied();
        let first_free = |markers_count: bool| {
            let sides = last.into_iter().chain(Side::ALL);
            sides
                .map(|side| (side, side.rect(label)))
                .find(|(_, rect)| is_free(*rect, markers_count))
        };
        let found =
            first_free(true).or_else(|| label.must_show.then(|| first_free(false)).flatten());
        match found {
            Some((side, _)) => memory.sides.insert(label.owner, side),
            None => memory.sides.remove(&label.owner),
        };
        placed.push(found.map(|(_, rect)| rect));
    }
    placed
}

/// Whether two rectangles share more than an edge.
fn overlaps(a: Rect, b: Rect) -> bool {
    a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::{pos2, vec2};

    const BOUNDS: Rect = Rect {
        min: Pos2::ZERO,
        max: Pos2::new(800.0, 600.0),
    };

    fn wanted(nth: u16, x: f32, y: f32) -> Wanted {
        Wanted {
            owner: Owner::Player(PlayerId(nth)),
            anchor: pos2(x, y),
            clearance: 12.0,
            size: vec2(70.0, 14.0),
            must_show: nth == 0,
        }
    }

    /// 24 people in a spot of 160 by 160 points, without order.
    fn crowd() -> (Vec<Wanted>, Vec<Rect>) {
        let all: Vec<Wanted> = (0..24_u16)
            .map(|n| {
                wanted(
                    n,
                    300.0 + f32::from(n * 67 % 160),
                    200.0 + f32::from(n * 101 % 160),
                )
            })
            .collect();
        let markers = all
            .iter()
            .map(|w| Rect::from_center_size(w.anchor, Vec2::splat(24.0)))
            .collect();
        (all, markers)
    }

    fn assert_apart(placed: &[Option<Rect>]) {
        for (nth, a) in placed.iter().enumerate() {
            for b in placed[nth + 1..].iter().flatten() {
                assert!(a.is_none_or(|a| !overlaps(a, *b)), "{a:?} and {b:?}");
            }
        }
    }

    #[test]
    fn labels_in_a_crowd_do_not_overlap() {
        let (all, markers) = crowd();
        let placed = place(BOUNDS, &all, &markers, &mut Memory::default());
        assert_apart(&placed);
        assert!(placed[0].is_some(), "the selected player's name is there");
        assert!(placed.iter().flatten().count() >= 8, "{placed:?}");
        for (nth, rect) in placed.iter().enumerate().skip(1) {
            let Some(rect) = rect else { continue };
            let others = markers.iter().filter(|m| !m.contains(all[nth].anchor));
            assert!(
                others.clone().all(|m| !overlaps(*m, *rect)),
                "label {nth} covers a marker"
            );
        }
    }

    #[test]
    fn everybody_has_a_name_where_there_is_room() {
        let all: Vec<Wanted> = (0..24)
            .map(|n| {
                wanted(
                    n,
                    80.0 + 120.0 * f32::from(n % 6),
                    60.0 + 100.0 * f32::from(n / 6),
                )
            })
            .collect();
        let placed = place(BOUNDS, &all, &[], &mut Memory::default());
        assert_apart(&placed);
        assert!(placed.iter().all(Option::is_some));
    }

    #[test]
    fn a_label_at_the_edge_stays_inside() {
        let all = [
            wanted(1, 400.0, 5.0),
            wanted(2, 2.0, 300.0),
            wanted(3, 798.0, 598.0),
        ];
        let placed = place(BOUNDS, &all, &[], &mut Memory::default());
        assert!(
            placed
                .iter()
                .all(|rect| rect.is_some_and(|rect| BOUNDS.contains_rect(rect)))
        );
    }

    #[test]
    fn a_label_keeps_its_side_until_time_jumps() {
        let mut memory = Memory::default();
        let pair = [wanted(1, 400.0, 300.0), wanted(2, 400.0, 302.0)];
        memory.begin(10_000);
        let before = place(BOUNDS, &pair, &[], &mut memory);
        assert_eq!(
            before[1].unwrap().center(),
            pos2(400.0, 323.0),
            "no room above"
        );
        let apart = [wanted(1, 100.0, 300.0), wanted(2, 400.0, 302.0)];
        memory.begin(10_200);
        assert_eq!(place(BOUNDS, &apart, &[], &mut memory)[1], before[1]);
        memory.begin(60_000);
        assert_eq!(
            place(BOUNDS, &apart, &[], &mut memory)[1]
                .unwrap()
                .center()
                .y,
            281.0
        );
    }
}
