use super::*;
use crate::tests::dice::cases;
use std::time::Duration;

use pretty_assertions::assert_eq;

/// Pseudo-random numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}

/// Every point of a space.
fn points(widths: &[usize]) -> Vec<Vec<u16>> {
    let mut points = vec![Vec::new()];
    for width in widths {
        let longer = |point: &Vec<u16>| {
            let point = point.clone();
            (0..*width as u16).map(move |value| {
                let mut point = point.clone();
                point.push(value);
                point
            })
        };
        points = points.iter().flat_map(longer).collect();
    }
    points
}

fn cube_of(widths: &[usize], point: &[u16]) -> Cube {
    let values = widths.iter().zip(point);
    Cube::new(
        values
            .map(|(width, value)| ValueSet::of(*width, [*value]))
            .collect(),
    )
}

/// The value at each point: 0 false, 1 true, 2 impossible.
fn check(widths: &[usize], kinds: &[usize]) -> Vec<Cube> {
    let points = points(widths);
    // The last input changes fastest.
    let place = |point: &[u16]| {
        let digits = point.iter().zip(widths);
        digits.fold(0, |place, (value, width)| {
            place * width + usize::from(*value)
        })
    };
    let kind_of = |point: &[u16]| kinds[place(point)];
    let of_kind = |kind: usize| -> Vec<Cube> {
        let those = points.iter().filter(|point| kind_of(point) == kind);
        those.map(|point| cube_of(widths, point)).collect()
    };
    let exists = |cube: &Cube| (points.iter()).any(|point| cube.holds(point) && kind_of(point) < 2);
    let cover = CoverFunction {
        widths,
        on: of_kind(1),
        off: of_kind(0),
        exists: &exists,
        budget: &Budget::of(0, Duration::MAX),
    }
    .cover()
    .unwrap();
    // The cover is exact: every possible point is covered if and only if the function holds there.
    for point in &points {
        let covered = cover.iter().any(|cube| cube.holds(point));
        match kind_of(point) {
            2 => {}
            kind => assert_eq!(covered, kind == 1, "{point:?} in {cover:?}"),
        }
    }
    for (at, cube) in cover.iter().enumerate() {
        // No condition can be left out.
        let alone = |point: &&Vec<u16>| {
            let others = cover.iter().enumerate().filter(|(other, _)| *other != at);
            cube.holds(point)
                && kind_of(point) == 1
                && !others.into_iter().any(|(_, other)| other.holds(point))
        };
        assert!(points.iter().any(|point| alone(&point)), "{cover:?}");
        let meets = |cube: &Cube| {
            let mut inside = points.iter().filter(|point| cube.holds(point));
            inside.any(|point| kind_of(point) == 0)
        };
        for (input, values) in cube.inputs().iter().enumerate() {
            // No named input can be left out, and no possible value can be added.
            let is_named = values.len() < widths[input];
            assert!(!is_named || meets(&cube.with(input, ValueSet::all(widths[input]))));
            for value in (0..widths[input] as u16).filter(|value| !values.contains(*value)) {
                let one = ValueSet::of(widths[input], [value]);
                let is_there = exists(&cube.with(input, one.clone()));
                assert!(!is_there || meets(&cube.with(input, values.or(&one))));
            }
        }
    }
    cover
}

#[test]
fn every_function_of_a_small_space_is_covered_exactly() {
    // All 729 ways to give three values to a space of six points.
    for number in 0..729_usize {
        let kinds: Vec<usize> = (0..6).map(|at| number / 3_usize.pow(at) % 3).collect();
        check(&[2, 3], &kinds);
    }
}

#[test]
fn functions_of_larger_spaces_are_covered_exactly() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for widths in [&[2, 2, 2, 2, 2][..], &[3, 2, 4, 2], &[2, 5, 3], &[70, 2]] {
        let many: usize = widths.iter().product();
        for rare in [2, 3, 8] {
            for _ in 0..cases(3, 12) {
                let kinds: Vec<usize> = (0..many)
                    .map(|_| match random.below(rare) {
                        0 => 1,
                        1 => 2 * random.below(2),
                        _ => 0,
                    })
                    .collect();
                check(widths, &kinds);
            }
        }
    }
}

#[test]
fn nothing_everything_and_either_or_are_short() {
    assert_eq!(check(&[2, 2], &[0; 4]), []);
    assert_eq!(
        check(&[2, 2], &[1; 4]),
        [Cube::new(vec![ValueSet::all(2); 2])]
    );
    // Exactly one of two can hold. The condition names the one that does, and not the other.
    let cover = check(&[2, 2], &[2, 1, 0, 2]);
    assert_eq!(
        cover,
        [Cube::new(vec![ValueSet::all(2), ValueSet::of(2, [1])])]
    );
}
