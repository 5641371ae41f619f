//! Where people walk: places to stand, the ways between them, and which of them see each other.
//!
//! For sandpit, the project's own map, places lie on its real floors, ways lead through its doors and over its stairs, and sight is what its
//! walls leave (the depot's wall breached and the footbridge built, all the time). For other maps there is no geometry to be had: a net of places is made up inside the map's rectangle, with the map's real
//! objectives on it where they are known.

mod made;

use crate::maps::objective::Objective;
use crate::maps::table::KnownMaps;
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::OnceLock;

/// A place by number.
pub(super) type Node = u16;

/// A place to stand: x, y, z of a player's origin, u.
pub(super) type Point = [f32; 3];

/// The ground of a map.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    /// The places.
    pub(super) nodes: Vec<Point>,
    /// Where the teams appear, Axis first.
    pub(super) pads: [Vec<Point>; 2],
    /// First place on the way out of each spawn.
    pub(super) gates: [Node; 2],
    /// Objectives of the map that can be reached: number in [`Ground::objectives`] and the place to stand.
    pub(super) sites: Vec<(usize, Node)>,
    /// All that is known of the map, in the table's order.
    pub(super) objectives: Vec<Objective>,
    /// First step from a place to another, row by row.
    steps: Vec<Node>,
    /// Whether a place sees another, row by row.
    sight: Vec<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ways {
    #[serde(rename = "about")]
    _about: String,
    nodes: Vec<Point>,
    links: Vec<(Node, Node)>,
    sight: Vec<String>,
    places: std::collections::BTreeMap<String, Node>,
    axis_pads: Vec<Point>,
    allies_pads: Vec<Point>,
    axis_gate: Node,
    allies_gate: Node,
}

const SANDPIT: &str = include_str!("../../assets/maps/sandpit_ways.json");

impl Ground {
    /// The ground of a map by its name.
    pub(super) fn of(map: &str) -> std::borrow::Cow<'static, Self> {
        static OURS: OnceLock<Ground> = OnceLock::new();
        let sandpit = (map == "sandpit").then(|| OURS.get_or_init(sandpit));
        match sandpit {
            Some(ground) if !ground.nodes.is_empty() => std::borrow::Cow::Borrowed(ground),
            _ => std::borrow::Cow::Owned(made::ground(map)),
        }
    }

    /// First step on the shortest way.
    pub(super) fn step(&self, from: Node, to: Node) -> Node {
        self.steps[usize::from(from) * self.nodes.len() + usize::from(to)]
    }

    /// Whether somebody at one place sees somebody at the other.
    pub(super) fn sees(&self, from: Node, to: Node) -> bool {
        self.sight[usize::from(from) * self.nodes.len() + usize::from(to)]
    }

    /// The place nearest to a point.
    pub(super) fn nearest(&self, point: Point) -> Node {
        let far = |node: &Point| distance_u(*node, point);
        let nodes = self.nodes.iter().enumerate();
        nodes
            .min_by(|a, b| far(a.1).total_cmp(&far(b.1)))
            .map_or(0, |(nth, _)| nth as Node)
    }
}

/// Distance in space, u.
pub(super) fn distance_u(a: Point, b: Point) -> f32 {
    let d = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]).sqrt()
}

/// Distance on the map, u.
pub(super) fn flat_u(a: Point, b: Point) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// What the table of known maps says of a map's objectives.
fn objectives(map: &str) -> Vec<Objective> {
    let known = KnownMaps::bundled().lookup(map);
    known.map_or_else(Vec::new, |known| known.map.objectives.clone())
}

/// The bundled net of sandpit; without places if it cannot be read, which a test rules out.
fn sandpit() -> Ground {
    let ways: Option<Ways> = serde_json::from_str(SANDPIT).ok();
    let objectives = objectives("sandpit");
    let Some(ways) = ways else {
        return Ground {
            nodes: Vec::new(),
            pads: [Vec::new(), Vec::new()],
            gates: [0, 0],
            sites: Vec::new(),
            objectives,
            steps: Vec::new(),
            sight: Vec::new(),
        };
    };
    let site =
        |(nth, objective): (usize, &Objective)| Some((nth, *ways.places.get(&objective.id)?));
    let bits = |row: &String| -> Vec<bool> {
        let digits = row.chars().map(|digit| digit.to_digit(16).unwrap_or(0));
        let all = digits.flat_map(|digit| (0..4).map(move |bit| digit >> bit & 1 == 1));
        all.take(ways.nodes.len()).collect()
    };
    Ground {
        sites: objectives.iter().enumerate().filter_map(site).collect(),
        objectives,
        steps: steps(&ways.nodes, &ways.links),
        sight: ways.sight.iter().flat_map(bits).collect(),
        pads: [ways.axis_pads, ways.allies_pads],
        gates: [ways.axis_gate, ways.allies_gate],
        nodes: ways.nodes,
    }
}

/// First steps of the shortest ways between all places (Dijkstra from each). A place that cannot be reached is its own first step.
fn steps(nodes: &[Point], links: &[(Node, Node)]) -> Vec<Node> {
    let mut near: Vec<Vec<(Node, u32)>> = vec![Vec::new(); nodes.len()];
    for &(a, b) in links {
        // In hundredths of a unit: whole numbers have an order.
        let cost = (distance_u(nodes[usize::from(a)], nodes[usize::from(b)]) * 100.0) as u32;
        near[usize::from(a)].push((b, cost));
        near[usize::from(b)].push((a, cost));
    }
    let mut steps = vec![0; nodes.len() * nodes.len()];
    let mut costs = Vec::new();
    let mut open = BinaryHeap::new();
    for goal in 0..nodes.len() {
        // From the goal outwards: the place before is the first step back.
        costs.clear();
        costs.resize(nodes.len(), u32::MAX);
        costs[goal] = 0;
        for from in 0..nodes.len() {
            steps[from * nodes.len() + goal] = from as Node;
        }
        open.push((Reverse(0), goal));
        while let Some((Reverse(cost), at)) = open.pop() {
            if cost > costs[at] {
                continue;
            }
            for &(next, more) in &near[at] {
                let next = usize::from(next);
                if cost + more < costs[next] {
                    costs[next] = cost + more;
                    steps[next * nodes.len() + goal] = at as Node;
                    open.push((Reverse(cost + more), next));
                }
            }
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_whole(ground: &Ground) {
        let count = ground.nodes.len();
        assert_eq!(ground.sight.len(), count * count);
        for from in 0..count as Node {
            assert!(ground.sees(from, from));
            for to in 0..count as Node {
                assert_eq!(ground.sees(from, to), ground.sees(to, from));
                let mut at = from;
                let mut steps = 0;
                while at != to && steps <= count {
                    at = ground.step(at, to);
                    steps += 1;
                }
                assert_eq!(at, to, "from {from}");
            }
        }
        assert!(ground.pads.iter().all(|pads| !pads.is_empty()));
    }

    #[test]
    fn sandpit_can_be_walked() {
        let ground = Ground::of("sandpit");
        is_whole(&ground);
        assert_eq!(ground.sites.len(), 7);
        let bridge = ground.nearest([592.0, -48.0, 24.0]);
        let court = ground.nearest([432.0, 0.0, 24.0]);
        let vault = ground.nearest([1472.0, 32.0, 24.0]);
        let guards = ground.nearest([1456.0, -320.0, 24.0]);
        assert!(ground.sees(bridge, court));
        assert!(
            ground.sees(court, vault),
            "over the bridge, through door and breach"
        );
        assert!(!ground.sees(guards, vault), "a wall lies between");
    }

    #[test]
    fn made_ground_can_be_walked() {
        for map in ["supply", "te_escape2", "nowhere", "etl_beach"] {
            is_whole(&Ground::of(map));
        }
        assert_eq!(Ground::of("supply").nodes, Ground::of("supply").nodes);
        assert_ne!(Ground::of("nowhere").nodes, Ground::of("elsewhere").nodes);
    }
}
