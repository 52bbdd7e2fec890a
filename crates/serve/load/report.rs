//! The table.

/// One number of one server.
pub(crate) struct Row {
    pub(crate) peer: &'static str,
    pub(crate) work: &'static str,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
}

/// Prints the middle of all rounds for each server and work, with the lowest and the highest.
pub(crate) fn print(rows: &[Row]) {
    println!("| work | server | median | lowest | highest |\n|---|---|---|---|---|");
    let mut printed: Vec<(&str, &str)> = Vec::new();
    for row in rows {
        if printed.contains(&(row.work, row.peer)) {
            continue;
        }
        printed.push((row.work, row.peer));
        let same = rows
            .iter()
            .filter(|other| (other.work, other.peer) == (row.work, row.peer));
        let mut values: Vec<f64> = same.map(|row| row.value).collect();
        values.sort_unstable_by(f64::total_cmp);
        let at = |place: usize| shown(values.get(place).copied().unwrap_or(f64::NAN), row.unit);
        let last = values.len() - 1;
        println!(
            "| {} | {} | {} | {} | {} |",
            row.work,
            row.peer,
            at(last / 2),
            at(0),
            at(last)
        );
    }
}

fn shown(value: f64, unit: &str) -> String {
    if value >= 100.0 {
        format!("{value:.0} {unit}")
    } else {
        format!("{value:.2} {unit}")
    }
}
