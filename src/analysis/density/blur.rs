//! Spreading sums over neighbouring cells without gaining or losing any.

use super::grid::At;

/// Wider bells are cut to this, u.
const WIDEST_U: f64 = 1024.0;

/// Values spread by a Gaussian bell of `sigma_u` (its weights, cut off at three times that, add up to 1), first along x, then along y. Their sum
/// stays what it is up to rounding (1e-12 of it). Given and got in order of row and column. O(cells · radius · log cells).
pub(super) fn blurred(cells: &[(At, f64)], size_u: f32, sigma_u: f32) -> Vec<(At, f64)> {
    if sigma_u.is_nan() || sigma_u <= 0.0 {
        return cells.to_vec();
    }
    let sigma = f64::from(sigma_u).min(WIDEST_U) / f64::from(size_u);
    let kernel = kernel(sigma);
    let along_x = cells.iter().map(|((x, y), value)| ((*y, *x), *value));
    let along_x = along_lines(&along_x.collect::<Vec<_>>(), &kernel);
    let mut columns: Vec<_> = along_x
        .into_iter()
        .map(|((y, x), value)| ((x, y), value))
        .collect();
    columns.sort_unstable_by_key(|(at, _)| *at);
    let mut all = along_lines(&columns, &kernel);
    all.sort_unstable_by_key(|((x, y), _)| (*y, *x));
    all
}

/// The weights from the middle outwards to both sides.
fn kernel(sigma: f64) -> Vec<f64> {
    let reach = (3.0 * sigma).ceil() as i32;
    let bell = |step: i32| (-0.5 * (f64::from(step) / sigma).powi(2)).exp();
    let sum: f64 = (-reach..=reach).map(bell).sum();
    (-reach..=reach).map(|step| bell(step) / sum).collect()
}

/// Spreads values along each line; they are given, and got, as ((line, place), value) in that order.
fn along_lines(cells: &[((i32, i32), f64)], kernel: &[f64]) -> Vec<((i32, i32), f64)> {
    let reach = (kernel.len() / 2) as i32;
    let mut spread = Vec::with_capacity(cells.len() + kernel.len());
    // Cells whose bells touch are one stretch, added up side by side.
    let touches = |a: &((i32, i32), f64), b: &((i32, i32), f64)| {
        a.0.0 == b.0.0 && b.0.1.abs_diff(a.0.1) <= kernel.len() as u32
    };
    for stretch in cells.chunk_by(touches) {
        let (((line, first), _), ((_, last), _)) = (stretch[0], stretch[stretch.len() - 1]);
        let mut values = vec![0.0; last.abs_diff(first) as usize + kernel.len()];
        for ((_, place), value) in stretch {
            let from = place.abs_diff(first) as usize;
            for (sum, weight) in values[from..].iter_mut().zip(kernel) {
                *sum += value * weight;
            }
        }
        let places = (first - reach..).zip(values);
        spread.extend(places.map(|(place, value)| ((line, place), value)));
    }
    spread
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(cells: &[(At, f64)]) -> f64 {
        cells.iter().map(|(_, value)| value).sum()
    }

    #[test]
    fn a_blur_loses_nothing() {
        let cells = [
            ((7, -15), 10.0),
            ((0, 0), 1e9),
            ((1, 0), 3.0),
            ((900, 2), 0.5),
        ];
        for sigma_u in [1.0, 20.0, 64.0, 300.0, 1e30] {
            let spread = blurred(&cells, 64.0, sigma_u);
            let lost = total(&spread) / total(&cells) - 1.0;
            assert!(lost.abs() < 1e-12, "{sigma_u}: {lost}");
            assert!(spread.is_sorted_by_key(|((x, y), _)| (*y, *x)));
        }
        for none in [0.0, -1.0, f32::NAN] {
            assert!(blurred(&cells, 64.0, none) == cells, "{none}");
        }
        assert_eq!(blurred(&[], 64.0, 64.0), []);
    }

    #[test]
    fn a_bell_is_the_same_on_all_sides() {
        let spread = blurred(&[((0, 0), 1.0)], 64.0, 64.0);
        let at = |wanted: At| spread.iter().find(|(at, _)| *at == wanted).unwrap().1;
        assert_eq!(spread.len(), 49, "three cells to each side");
        for (x, y) in [(1, 0), (0, 1), (-1, 0), (0, -1)] {
            assert!((at((x, y)) / at((1, 0)) - 1.0).abs() < 1e-12);
        }
        // One cell away is one sigma away.
        assert!((at((1, 0)) / at((0, 0)) - (-0.5_f64).exp()).abs() < 1e-12);
        let two = blurred(&[((0, 0), 1.0), ((2, 0), 1.0)], 64.0, 64.0);
        let middle = two.iter().find(|(at, _)| *at == (1, 0)).unwrap().1;
        assert!((middle / (2.0 * at((1, 0))) - 1.0).abs() < 1e-12);
    }
}
