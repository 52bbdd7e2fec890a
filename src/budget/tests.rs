use std::time::{Duration, Instant};

use pretty_assertions::assert_eq;
use serde_json::json;

use super::{Budget, SearchBound};

#[test]
fn states_are_counted_exactly() {
    for most in [0, 1, 2, 15, 16, 17, 1_000] {
        let budget = Budget::of(most, Duration::MAX);
        for taken in 0..most {
            assert_eq!((budget.take_state(), budget.states()), (Ok(()), taken + 1));
        }
        assert_eq!(budget.met(), None);
        let cut_off = budget.take_state().unwrap_err();
        assert_eq!(cut_off.by, SearchBound::States { limit: most });
        assert_eq!((cut_off.states, budget.states()), (most, most));
    }
}

#[test]
fn no_time_at_all_is_over_at_once() {
    let budget = Budget::of(10, Duration::ZERO);
    let cut_off = budget.take_state().unwrap_err();
    assert_eq!(
        cut_off.by,
        SearchBound::Time {
            seconds: Duration::ZERO
        }
    );
    assert_eq!(cut_off.states, 0);
}

#[test]
fn time_ends_a_search_whether_it_takes_states_or_not() {
    let time = Duration::from_millis(20);
    for takes_states in [true, false] {
        // The clock of the test starts first: between the two lines anything may take the processor.
        let started = Instant::now();
        let budget = Budget::of(usize::MAX, time);
        let cut_off = loop {
            let step = if takes_states {
                budget.take_state()
            } else {
                budget.work()
            };
            if let Err(cut_off) = step {
                break cut_off;
            }
        };
        assert!(started.elapsed() >= time, "never before its time");
        assert_eq!(cut_off.by, SearchBound::Time { seconds: time });
        assert_eq!(cut_off.states, budget.states());
        assert_eq!(cut_off.states > 0, takes_states);
    }
}

#[test]
fn a_bound_that_is_met_stays_met() {
    let budget = Budget::of(0, Duration::MAX);
    assert_eq!(budget.work(), Ok(()));
    let cut_off = budget.take_state().unwrap_err();
    assert_eq!(budget.work(), Err(cut_off));
    assert_eq!(budget.take_state(), Err(cut_off));
    assert_eq!(budget.met(), Some(cut_off));
}

#[test]
fn several_threads_share_one_budget() {
    let budget = Budget::of(1_000, Duration::MAX);
    let taken: usize = std::thread::scope(|scope| {
        let take_all = || {
            (0..)
                .take_while(|_: &i32| budget.take_state().is_ok())
                .count()
        };
        let threads = [scope.spawn(take_all), scope.spawn(take_all)];
        threads.map(|thread| thread.join().unwrap()).iter().sum()
    });
    assert_eq!(taken, 1_000);
}

#[test]
fn it_says_which_bound_was_met() {
    let by_states = Budget::of(1, Duration::MAX);
    by_states.take_state().unwrap();
    let by_states = by_states.take_state().unwrap_err();
    assert_eq!(
        by_states.to_string(),
        "the search was cut off after 1 state"
    );
    assert_eq!(by_states.option(), "--states");
    let told = json!({"by": "states", "limit": 1, "states": 1});
    assert_eq!(serde_json::to_value(by_states).unwrap(), told);
    let by_time = Budget::of(1, Duration::ZERO).work().unwrap_err();
    assert_eq!(
        by_time.to_string(),
        "the search was cut off after 0ns, at 0 states"
    );
    assert_eq!(by_time.option(), "--time");
    let told = json!({"by": "time", "seconds": 0.0, "states": 0});
    assert_eq!(serde_json::to_value(by_time).unwrap(), told);
}

#[test]
fn a_part_ends_before_the_whole() {
    let whole = Budget::of(40, Duration::from_secs(4_000));
    let part = whole.part(4);
    assert_eq!(
        (0..)
            .take_while(|_: &i32| part.take_state().is_ok())
            .count(),
        10
    );
    assert_eq!((whole.states(), whole.met()), (0, None));
    let over = Budget::of(40, Duration::ZERO).part(4).work().unwrap_err();
    assert_eq!(
        over.by,
        SearchBound::Time {
            seconds: Duration::ZERO
        }
    );
    assert_eq!(Budget::of(40, Duration::MAX).part(0).work(), Ok(()));
}
