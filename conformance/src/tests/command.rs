//! The command line.

use crate::options::Options;
use crate::reach::Reach;
use crate::{End, Failed, conclude};

fn read(words: &[&str]) -> Result<Options, String> {
    Options::read(words.iter().map(|word| (*word).to_owned()))
}

#[test]
fn without_words_all_is_asked() {
    let options = read(&[]).expect("it is right");
    assert_eq!(options.reach, Reach::Usual);
    assert!(options.rulebooks >= 300 && options.firms >= 200);
}

#[test]
fn words_are_read() {
    let options =
        read(&["--quick", "--seed", "7", "--rulebooks", "2", "--firms", "3"]).expect("it is right");
    assert_eq!(
        (
            options.reach,
            options.seed,
            options.rulebooks,
            options.firms
        ),
        (Reach::Quick, 7, 2, 3)
    );
}

#[test]
fn what_is_not_known_is_answered_with_how_it_is_used() {
    for wrong in [
        &["--fast"][..],
        &["--seed"],
        &["--seed", "x"],
        &["--rulebooks", "-1"],
    ] {
        assert!(read(wrong).is_err_and(|words| words.starts_with("usage: ")));
    }
}

#[test]
fn the_exit_code_tells_a_difference_from_a_failure() {
    assert_eq!(conclude(Ok(())), 0);
    assert_eq!(conclude(Err(End::Differs("they differ".to_owned()))), 1);
    assert_eq!(conclude(Err(End::Failed(Failed::new("no rules")))), 2);
}
