use super::*;
use pretty_assertions::assert_eq;

/// The built-in texts are read once only; here both readers see them.
#[test]
fn the_built_in_rules_read_the_same_from_their_folder_and_without_a_finding() {
    let folder = Rulebook::from_folder("rules").expect("the shipped rules load");
    let builtin = Rulebook::builtin().expect("the shipped rules load");
    assert_eq!(folder.warnings().to_string(), "");
    assert_eq!(folder.census(), builtin.census());
    for product in builtin.products() {
        assert_eq!(folder.catalogue(product), builtin.catalogue(product));
    }
}

/// What is built in is what is in the folder.
#[test]
fn the_built_in_list_names_every_rule_file_and_script() {
    let files = std::fs::read_dir("rules").expect("the folder is there");
    let mut names: Vec<String> = files
        .map(|file| {
            format!(
                "rules/{}",
                file.expect("it can be read").file_name().to_string_lossy()
            )
        })
        .filter(|name| !name.ends_with(".json"))
        .collect();
    names.sort();
    let builtin: Vec<&str> = crate::load::builtin::RULES
        .iter()
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(names, builtin);
}

#[test]
fn rulebooks_and_firms_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>() {}
    shared::<Rulebook>();
    shared::<crate::Firm>();
}
