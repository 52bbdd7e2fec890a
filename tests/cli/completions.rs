use crate::program::Folder;

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let done = Folder::new().run(["completions", shell]).done();
        assert_eq!((done.status, done.stderr.as_str()), (0, ""));
        assert!(
            ["explain", "batch", "sources", "coverage-html"]
                .iter()
                .all(|word| done.stdout.contains(word)),
            "{shell}"
        );
    }
}
