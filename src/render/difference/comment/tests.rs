use pretty_assertions::assert_eq;

use super::super::phrase::Phrase;
use super::super::sections::{
    DifferenceGroup, DifferenceItem, DifferenceSection, DifferenceWords, Sections,
};
use super::{LONGEST, write};
use crate::render::Renderer;

/// So many sections with so many entries each.
fn comment(sections: usize, entries: usize, id: &str) -> String {
    let section = |number: usize| DifferenceSection {
        heading: Phrase::from(format!("Part <{number}>")),
        groups: vec![DifferenceGroup {
            heading: "gained by some".to_owned(),
            rows: Vec::new(),
            items: (0..entries)
                .map(|_| DifferenceItem::Phrase(Phrase::from("Open (").id(id).text(")")))
                .collect(),
        }],
    };
    let words = DifferenceWords {
        is_equal: false,
        is_decided: true,
        first: "much".to_owned(),
        sections: Box::new(move || Box::new((0..sections).map(section)) as Sections<'_>),
    };
    let mut text = Vec::new();
    write(&words, Renderer::default(), &mut text).expect("memory takes all");
    String::from_utf8(text).expect("text")
}

#[test]
fn a_short_difference_stands_open() {
    assert_eq!(
        comment(1, 2, "open_door"),
        "\
**different**: much

## Part \\<0\\>

### gained by some

- Open (`open_door`)
- Open (`open_door`)
"
    );
}

#[test]
fn a_long_one_is_folded_section_by_section() {
    let text = comment(2, 30, "open_door");
    assert!(
        text.starts_with(
            "**different**: much\n\n<details><summary>Part &lt;0&gt;</summary>\n\n### gained by some\n\n- Open"
        ),
        "{text}"
    );
    assert_eq!(text.matches("\n\n</details>\n").count(), 2);
    assert_eq!(text.matches("- Open (`open_door`)\n").count(), 60);
    assert!(!text.contains("more"));
}

/// Whatever the sizes are: it fits, every fold is closed, and what is shown and what is counted are all there is.
#[test]
fn a_comment_is_never_too_long_and_counts_what_it_leaves_out() {
    let sizes = [
        (1, 5_000, 10),
        (3_000, 1, 30),
        (40, 60, 20),
        (2, 2, 70_000),
        (5, 3, 20_000),
        (900, 5, 3),
    ];
    for (sections, entries, letters) in sizes {
        // Each letter is two units in UTF-16 and four bytes in UTF-8.
        let text = comment(sections, entries, &"\u{1f511}".repeat(letters));
        assert!(text.chars().count() <= LONGEST);
        let folds = |part: &str| text.matches(part).count();
        assert_eq!(folds("<details>"), folds("</details>"));
        let shown = text.lines().filter(|line| line.starts_with("- ")).count();
        let last = text.lines().next_back().unwrap_or_default();
        let more = last.strip_prefix("and ").map_or(0, |last| {
            let number = last.split(' ').next().unwrap_or_default();
            number.parse().expect("a number")
        });
        assert_eq!(shown + more, sections * entries);
        assert!(!text.contains("gained by some\n\n</details>"), "{last}");
    }
}
