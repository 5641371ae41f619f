//! Ground for maps of which no geometry is at hand: a net of places inside the map's rectangle.

use super::super::dice::Dice;
use super::{Ground, Node, Point, distance_u, objectives, steps};
use crate::maps::table::KnownMaps;

/// Places along each side of the net.
const SIDE: usize = 12;
/// Half the side of a net at most, u: so far apart the spawns are that a walk takes no longer than on real maps.
const WIDEST_U: f32 = 2300.0;
/// Nobody sees further, u.
const SIGHT_U: f32 = 1500.0;
/// Height of the rolling ground above and below its middle, u.
const HILLS_U: f32 = 96.0;

/// The net of a map, the same for the same name.
pub(super) fn ground(map: &str) -> Ground {
    let label = map.bytes().fold(0_u64, |hash, byte| {
        hash.wrapping_mul(31).wrapping_add(u64::from(byte))
    });
    let mut dice = Dice::new(label, &[3]);
    let known = KnownMaps::bundled().lookup(map);
    // Left, right, bottom, top.
    let edges = known.map_or([-3000.0, 3000.0, -3000.0, 3000.0], |known| {
        let bounds = &known.map.bounds;
        [bounds.left(), bounds.right(), bounds.bottom(), bounds.top()]
    });
    let objectives = objectives(map);
    let middle = middle(edges, &objectives);
    let half = [0, 1].map(|axis| ((edges[axis * 2 + 1] - edges[axis * 2]) * 0.42).min(WIDEST_U));
    let base_z = objectives
        .first()
        .map_or(24.0, |objective| objective.z + 8.0);
    let mut nodes = Vec::with_capacity(SIDE * SIDE + objectives.len());
    let mut links = Vec::new();
    for nth in 0..SIDE * SIDE {
        let (column, line) = (nth % SIDE, nth / SIDE);
        let share = |cell: usize| (cell as f32 / (SIDE - 1) as f32) * 2.0 - 1.0;
        let x = middle[0] + share(column) * half[0] + dice.between(-60.0, 60.0);
        let y = middle[1] + share(line) * half[1] + dice.between(-60.0, 60.0);
        let z = base_z + ((x / 700.0).sin() + (y / 900.0).cos()) * HILLS_U / 2.0;
        nodes.push([x, y, z].map(f32::round));
        if column > 0 {
            links.push(((nth - 1) as Node, nth as Node));
        }
        // The middle column is a way through in any case.
        if line > 0 && (column == SIDE / 2 || dice.chance(0.6)) {
            links.push(((nth - SIDE) as Node, nth as Node));
        }
    }
    let sites = add_sites(&objectives, &mut nodes, &mut links);
    let (axis, allies) = ((SIDE * SIDE - 2) as Node, 1);
    let pads = |gate: Node| -> Vec<Point> {
        let [x, y, z] = nodes[usize::from(gate)];
        let pad = |nth: i16| {
            let (column, line) = (f32::from(nth % 4), f32::from(nth / 4));
            [x - 96.0 + column * 64.0, y - 96.0 + line * 64.0, z]
        };
        (0..16).map(pad).collect()
    };
    Ground {
        pads: [pads(axis), pads(allies)],
        gates: [axis, allies],
        sites,
        steps: steps(&nodes, &links),
        sight: sight(&nodes, &links, &mut dice),
        objectives,
        nodes,
    }
}

/// The middle of the objectives, or of the map, so that the net lies inside the map.
fn middle(edges: [f32; 4], objectives: &[crate::maps::objective::Objective]) -> [f32; 2] {
    let count = objectives.len() as f32;
    let mean = [
        objectives.iter().map(|objective| objective.x).sum::<f32>() / count,
        objectives.iter().map(|objective| objective.y).sum::<f32>() / count,
    ];
    [0, 1].map(|axis| {
        let (low, high) = (edges[axis * 2], edges[axis * 2 + 1]);
        let (centre, room) = (f32::midpoint(low, high), (high - low) * 0.08);
        // Without objectives the mean is no number.
        if mean[axis].is_finite() {
            mean[axis].clamp(centre - room, centre + room)
        } else {
            centre
        }
    })
}

/// A place beside every objective that lies near the net.
fn add_sites(
    objectives: &[crate::maps::objective::Objective],
    nodes: &mut Vec<Point>,
    links: &mut Vec<(Node, Node)>,
) -> Vec<(usize, Node)> {
    let mut sites = Vec::new();
    for (nth, objective) in objectives.iter().enumerate() {
        let at = [objective.x, objective.y, objective.z + 8.0].map(f32::round);
        let net = nodes[..SIDE * SIDE].iter().enumerate();
        let nearest = net.min_by(|a, b| distance_u(*a.1, at).total_cmp(&distance_u(*b.1, at)));
        if let Some((beside, _)) = nearest.filter(|(_, node)| distance_u(**node, at) < 900.0) {
            links.push((beside as Node, nodes.len() as Node));
            sites.push((nth, nodes.len() as Node));
            nodes.push(at);
        }
    }
    sites
}

/// Neighbours see each other; others by chance, the less the further they are apart.
fn sight(nodes: &[Point], links: &[(Node, Node)], dice: &mut Dice) -> Vec<bool> {
    let count = nodes.len();
    let mut sight = vec![false; count * count];
    for from in 0..count {
        sight[from * count + from] = true;
        for to in 0..from {
            let share = 1.0 - distance_u(nodes[from], nodes[to]) / SIGHT_U;
            let is_seen = share > 0.0 && dice.chance(share.sqrt() * 0.8);
            sight[from * count + to] = is_seen;
            sight[to * count + from] = is_seen;
        }
    }
    for &(a, b) in links {
        let (a, b) = (usize::from(a), usize::from(b));
        sight[a * count + b] = true;
        sight[b * count + a] = true;
    }
    sight
}
