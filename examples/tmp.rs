fn main() {
    let t = std::time::Instant::now();
    match clio_rules::Rulebook::from_folder("rules") {
        Ok(r) => { println!("{:?} {:?} {}", r, t.elapsed(), r.warnings()); }
        Err(e) => println!("{e}"),
    }
}
