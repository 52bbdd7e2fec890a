//! Spellings of other languages, and words that no condition may have.

use pretty_assertions::assert_eq;

use super::*;

/// Spellings of other languages, each with ours.
#[test]
fn spellings_of_other_languages_are_helped() {
    helps(
        "role == 'billing'",
        "words stand in double quotes: `\"billing\"`",
    );
    helps("role === \"billing\"", "compare with `==`");
    helps("role !== \"billing\"", "compare with `!=`");
    helps("user.billing and same_user", "write `&&` for and");
    helps("(user.billing) AND (same_user)", "write `&&` for and");
    helps("user.billing or !same_user", "write `||` for or");
    helps("not user.billing", "write `!` for not");
    helps("user.billing && not same_user", "write `!` for not");
    helps("not(user.billing)", "write `!` for not");
    helps("role not in [\"billing\"]", "write `!in` for not in");
    helps(
        "role == listed",
        "a word stands in double quotes: `\"listed\"`",
    );
    helps(
        "role in [none]",
        "a word stands in double quotes: `\"none\"`",
    );
    helps(
        "role == billing",
        "whose? write `user.billing` or `target.billing`; as a word it stands in double quotes: `\"billing\"`",
    );
}

/// Something may be called `and`: where a name can stand it is one.
#[test]
fn words_for_signs_can_be_names() {
    for body in [
        "let and = true; and && same_user",
        "let not = true; not || same_user",
    ] {
        let findings = findings_of(&format!("fn g() {{ {body} }}"), "g()");
        assert_eq!(codes_of(&findings), Vec::<&str>::new(), "{findings}");
    }
    let findings = findings_of("fn not(p) { !p }", "not(same_user)");
    assert_eq!(codes_of(&findings), Vec::<&str>::new(), "{findings}");
}

/// Each forbidden word occurs twice: all of them are reported together, before the script is read further.
#[test]
fn forbidden_words_are_reported_together_with_what_to_write_instead() {
    const QUOTES: &str = "words stand in double quotes";
    const AND: &str = "write `&&` for and";
    const ONE_OF_TWO: &str = "write `!=` to ask whether exactly one of two holds";
    const GUARD: &str = "everything a script reads has a value, so nothing has to be guarded";
    const RANGE: &str = "name the values that are meant: `[1, 2]`";
    for (word, help) in [
        ("'a'", QUOTES),
        ("()", "say `true` or `false`"),
        ("&", AND),
        ("&=", AND),
        ("|=", "write `||` for or"),
        ("^", ONE_OF_TWO),
        ("^=", ONE_OF_TWO),
        ("?.", GUARD),
        ("?[", GUARD),
        ("??", GUARD),
        ("..", RANGE),
        ("..=", RANGE),
        (
            "throw",
            "a script that fails is refused; answer `false` instead",
        ),
        ("this", "name the person: `user` or `target`"),
        ("is", "write `==` to compare"),
        ("**", ""),
        ("**=", ""),
        ("<<", ""),
        (">>", ""),
        ("<<=", ""),
        (">>=", ""),
        ("#{", ""),
        (":", ""),
        ("private", ""),
        ("var", ""),
        ("is_def_var", ""),
    ] {
        let message = format!("`{word}` is not part of what a script may use");
        let second = word.len() as u32 + 2;
        let expected = [1, second].map(|column| (column, message.clone(), help.to_owned()));
        assert_eq!(messages(&format!("{word} {word}")), expected, "{word}");
    }
    // What stands behind it is text again.
    assert_eq!(
        messages("role == `${role}`"),
        [(
            9,
            "`${` is not part of what a script may use".to_owned(),
            "words stand in double quotes, with nothing to fill in".to_owned()
        )]
    );
}

#[test]
fn signs_of_other_languages_are_left_to_the_words_of_the_engine() {
    for sign in ["++", "--", "~", "@", "$", "...", "?", "<|", "|>"] {
        finds("", &format!("1 {sign} 1"), "script-syntax", (1, 3));
    }
}

#[test]
fn a_word_in_the_wrong_place_is_refused_with_the_way_out() {
    const LIST: &str = "a list stands after `in` only: `x in [\"a\", \"b\"]`";
    const OR: &str = "write `||` for or";
    for (condition, column, word, help) in [
        ("[1] == [1]", 1, "[", LIST),
        (
            "role in role",
            9,
            "role",
            "after `in` stands a list: `[\"a\", \"b\"]`",
        ),
        (
            "role[0] == 1",
            5,
            "[",
            "nothing has numbered parts; compare with the value that is meant",
        ),
        ("|| true", 1, "||", OR),
        ("|x| true", 1, "|", OR),
    ] {
        let message = format!("`{word}` is not part of what a script may use");
        assert_eq!(messages(condition), [(column, message, help.to_owned())]);
    }
    // The engine would call `g` here, whatever it holds.
    finds("fn f(g) { g!(1) }", "f(1)", "script-forbidden", (1, 12));
}

#[test]
fn words_that_are_put_in_order_are_named() {
    for (condition, word, sign) in [
        ("\"billing\" < \"reports\"", "billing", "<"),
        ("1 >= \"reports\"", "reports", ">="),
        ("role > \"reports\"", "role", ">"),
    ] {
        let message = format!("words have no order, so `{word}` cannot be compared with `{sign}`");
        let [(_, found, _)] = &messages(condition)[..] else {
            panic!("{condition}")
        };
        assert_eq!(*found, message, "{condition}");
    }
}
