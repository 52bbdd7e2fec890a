use super::*;
use pretty_assertions::assert_eq;

fn implies(path: &Path<char>) -> Result<bool, Halt<char, &'static str>> {
    Ok(!path.read('a')?.is_yes() || path.read('b')?.is_yes())
}

#[test]
fn every_path_is_run_and_no_more() {
    let Ok(explored) = explore(100, |_| 2, implies) else {
        panic!("this has three paths");
    };
    assert_eq!(explored.paths, 3);
    for (a, b, expected) in [(0, 0, true), (0, 1, true), (1, 0, false), (1, 1, true)] {
        let reader = |q| Ok::<_, ()>(if q == 'a' { Value(a) } else { Value(b) });
        assert_eq!(explored.tree.walk(reader), Ok(Some(&expected)));
    }
}

#[test]
fn a_failure_names_its_path() {
    let run = |path: &Path<char>| match (path.read('a')?.0, path.read('b')?.0) {
        (1, 2) => Err(Halt::Fail("no")),
        _ => Ok(true),
    };
    let Err(ExplorationError::Fails { path, error }) = explore(100, |_| 3, run) else {
        panic!("one path fails");
    };
    assert_eq!(
        (path, error),
        (vec![('a', Value(1)), ('b', Value(2))], "no")
    );
}

#[test]
fn too_many_paths_are_refused() {
    let run = |path: &Path<u8>| {
        (0..30).try_fold(0_u32, |sum, n| {
            Ok::<_, Halt<u8, ()>>(sum * 2 + u32::from(path.read(n)?.0))
        })
    };
    assert!(matches!(
        explore(1_000, |_| 2, run),
        Err(ExplorationError::TooManyPaths)
    ));
}

#[test]
fn a_chain_of_thousands_of_inputs_needs_no_deep_stack() {
    let run = |path: &Path<u16>| {
        for n in 0..3_000 {
            if path.read::<()>(n)?.is_yes() {
                return Ok(true);
            }
        }
        Ok(false)
    };
    assert!(matches!(explore(10_000, |_| 2, run), Ok(explored) if explored.paths == 3_001));
}

#[test]
fn paths_are_bounded_where_the_tree_stays_small() {
    // Three flags with a parity: eight paths to a tree of seven nodes.
    let run = |path: &Path<u8>| {
        (0..3).try_fold(false, |parity, n| {
            Ok::<_, Halt<u8, ()>>(parity ^ path.read(n)?.is_yes())
        })
    };
    assert!(matches!(
        explore(7, |_| 2, run),
        Err(ExplorationError::TooManyPaths)
    ));
    assert!(matches!(explore(8, |_| 2, run), Ok(explored) if explored.paths == 8));
}

#[test]
fn a_tree_is_bounded_where_its_paths_are_few() {
    // Each of eight paths has a leaf of its own, and before the last of them is run there are eleven nodes.
    let run = |path: &Path<u8>| {
        (0..3).try_fold(0, |number, n| {
            Ok::<_, Halt<u8, ()>>(number * 2 + path.read(n)?.0)
        })
    };
    assert!(matches!(
        explore(11, |_| 2, run),
        Err(ExplorationError::TooManyPaths)
    ));
    assert!(matches!(explore(12, |_| 2, run), Ok(explored) if explored.paths == 8));
}
