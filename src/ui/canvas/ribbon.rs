//! Lines of many points as one mesh, with a colour per point.
//!
//! A line shape per step of a path costs 80 ms a frame for a round's 144,000 samples, polylines 10 to 16 ms; two vertices per point
//! in one mesh cost 5 ms. The price is done by hand here: no joints, no caps.

use eframe::egui::epaint::Vertex;
use eframe::egui::{Color32, Mesh, Pos2, Vec2};

/// A point of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    /// On the screen.
    pub(super) pos: Pos2,
    /// Colour there.
    pub(super) colour: Color32,
}

/// How the edge of a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Cut sharply: two vertices per point.
    Hard,
    /// Fading out over its width: three vertices per point.
    Soft,
}

/// A point this near to the straight way between its neighbours is not missed, points.
const STRAIGHT: f32 = 0.25;
/// Straightness is judged over no longer way: over a longer one, small deviations add up to a bend.
const LONGEST_STRAIGHT: f32 = 16.0;

/// Gathers the points of a line, without those that nobody could see, and turns them into a ribbon.
#[derive(Default)]
pub(super) struct Line {
    kept: Vec<Point>,
    /// The newest point; whether it is needed shows with the next one. The last point of a line always is.
    newest: Option<Point>,
    least_step_sq: f32,
}

impl Line {
    /// Starts anew; steps shorter than `least_step` points are left out.
    pub(super) fn start(&mut self, least_step: f32) {
        self.kept.clear();
        self.newest = None;
        self.least_step_sq = least_step * least_step;
    }

    /// The next point.
    pub(super) fn push(&mut self, point: Point) {
        match (self.kept.last(), self.newest) {
            (None, _) => self.kept.push(point),
            (Some(before), Some(newest)) if self.is_needed(before.pos, newest.pos, point.pos) => {
                self.kept.push(newest);
                self.newest = Some(point);
            }
            _ => self.newest = Some(point),
        }
    }

    fn is_needed(&self, before: Pos2, middle: Pos2, after: Pos2) -> bool {
        let (way, part) = (after - before, middle - before);
        let part_sq = part.length_sq();
        if part_sq < self.least_step_sq {
            return false;
        }
        let way_sq = way.length_sq();
        let beside = way.x * part.y - way.y * part.x;
        let is_on_the_way = part_sq <= way_sq && way.dot(part) >= 0.0;
        let is_straight = beside * beside <= STRAIGHT * STRAIGHT * way_sq;
        !(is_straight && is_on_the_way && way_sq <= LONGEST_STRAIGHT * LONGEST_STRAIGHT)
    }

    /// Ends the line and adds it to `mesh`.
    pub(super) fn finish(&mut self, mesh: &mut Mesh, half_width: f32, edge: Edge) {
        self.kept.extend(self.newest.take());
        add(mesh, &self.kept, half_width, edge);
        self.kept.clear();
    }
}

/// Appends the line through `points` to `mesh`. Fewer than two points are no line.
fn add(mesh: &mut Mesh, points: &[Point], half_width: f32, edge: Edge) {
    if points.len() < 2 {
        return;
    }
    let per_point: u32 = match edge {
        Edge::Hard => 2,
        Edge::Soft => 3,
    };
    let first = mesh.vertices.len() as u32;
    let segments = points.len() as u32 - 1;
    mesh.reserve_vertices((segments + 1) as usize * per_point as usize);
    mesh.reserve_triangles((segments * (per_point - 1) * 2) as usize);
    let mut incoming = direction(points[0].pos, points[1].pos).unwrap_or(Vec2::X);
    for (nth, point) in points.iter().enumerate() {
        let outgoing = points
            .get(nth + 1)
            .and_then(|next| direction(point.pos, next.pos))
            .unwrap_or(incoming);
        // At a turn on the spot the two cancel out; then the line ends as it came.
        let along = (incoming + outgoing) * 0.5;
        let length = along.length();
        let along = if length > 0.2 {
            along / length
        } else {
            incoming
        };
        let out = along.rot90() * half_width;
        match edge {
            Edge::Hard => {
                mesh.vertices
                    .push(Vertex::untextured(point.pos - out, point.colour));
                mesh.vertices
                    .push(Vertex::untextured(point.pos + out, point.colour));
            }
            Edge::Soft => {
                mesh.vertices
                    .push(Vertex::untextured(point.pos - out, Color32::TRANSPARENT));
                mesh.vertices
                    .push(Vertex::untextured(point.pos, point.colour));
                mesh.vertices
                    .push(Vertex::untextured(point.pos + out, Color32::TRANSPARENT));
            }
        }
        incoming = outgoing;
    }
    for nth in 0..segments {
        let here = first + nth * per_point;
        let next = here + per_point;
        for across in 0..per_point - 1 {
            let (a, b) = (here + across, next + across);
            mesh.indices.extend([a, a + 1, b, b, a + 1, b + 1]);
        }
    }
}

fn direction(from: Pos2, to: Pos2) -> Option<Vec2> {
    let way = to - from;
    let length = way.length();
    (length > 1e-3).then(|| way / length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::pos2;

    fn points(at: &[(f32, f32)]) -> Vec<Point> {
        let colour = Color32::RED;
        at.iter()
            .map(|&(x, y)| Point {
                pos: pos2(x, y),
                colour,
            })
            .collect()
    }

    #[test]
    fn a_straight_line_is_a_band_of_its_width() {
        let mut mesh = Mesh::default();
        add(
            &mut mesh,
            &points(&[(0.0, 5.0), (10.0, 5.0), (20.0, 5.0)]),
            1.0,
            Edge::Hard,
        );
        assert_eq!((mesh.vertices.len(), mesh.indices.len()), (6, 12));
        assert!(mesh.is_valid());
        let bounds = mesh.calc_bounds();
        assert_eq!((bounds.min, bounds.max), (pos2(0.0, 4.0), pos2(20.0, 6.0)));
    }

    #[test]
    fn a_soft_line_fades_to_both_sides() {
        let mut mesh = Mesh::default();
        add(
            &mut mesh,
            &points(&[(0.0, 0.0), (10.0, 0.0)]),
            2.0,
            Edge::Soft,
        );
        let colours: Vec<Color32> = mesh.vertices.iter().map(|v| v.color).collect();
        let (clear, red) = (Color32::TRANSPARENT, Color32::RED);
        assert_eq!(colours, [clear, red, clear, clear, red, clear]);
        assert_eq!(mesh.indices.len(), 12);
    }

    #[test]
    fn a_turn_on_the_spot_and_a_rest_keep_the_band_finite() {
        let mut mesh = Mesh::default();
        add(
            &mut mesh,
            &points(&[(0.0, 0.0), (10.0, 0.0), (0.0, 0.0), (0.0, 0.0)]),
            1.0,
            Edge::Soft,
        );
        assert!(
            mesh.vertices
                .iter()
                .all(|v| v.pos.is_finite() && v.pos.x.abs() <= 11.0 && v.pos.y.abs() <= 1.0)
        );
    }

    /// The x of the points that a line keeps of these.
    fn kept(at: &[(f32, f32)]) -> Vec<f32> {
        let (mut line, mut mesh) = (Line::default(), Mesh::default());
        line.start(1.5);
        for point in points(at) {
            line.push(point);
        }
        line.finish(&mut mesh, 1.0, Edge::Soft);
        mesh.vertices
            .chunks(3)
            .map(|across| across[1].pos.x)
            .collect()
    }

    #[test]
    fn what_nobody_could_see_is_left_out() {
        assert_eq!(
            kept(&[(0.0, 0.0), (4.0, 0.1), (8.0, 0.0)]),
            [0.0, 8.0],
            "straight"
        );
        assert_eq!(
            kept(&[(0.0, 0.0), (4.0, 0.6), (8.0, 0.0)]),
            [0.0, 4.0, 8.0],
            "bent"
        );
        assert_eq!(
            kept(&[(0.0, 0.0), (9.0, 0.0), (18.0, 0.0)]),
            [0.0, 9.0, 18.0],
            "long"
        );
        assert_eq!(
            kept(&[(0.0, 0.0), (8.0, 0.0), (2.0, 0.0)]),
            [0.0, 8.0, 2.0],
            "back"
        );
        assert_eq!(
            kept(&[(0.0, 0.0), (1.0, 1.0), (0.0, 9.0)]),
            [0.0, 0.0],
            "near"
        );
        assert_eq!(
            kept(&[(0.0, 0.0), (1.0, 0.0)]),
            [0.0, 1.0],
            "a line ends where it ends"
        );
    }

    #[test]
    fn one_point_is_no_line() {
        let mut mesh = Mesh::default();
        add(&mut mesh, &points(&[(1.0, 1.0)]), 1.0, Edge::Hard);
        assert!(mesh.is_empty());
    }
}
