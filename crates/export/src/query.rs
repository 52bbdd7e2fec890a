//! What stands beside the tables: how each database loads them, and the query that joins them.

use std::fmt::Write;
use std::path::Path;

use crate::table::Column;
use crate::tables::TABLES;
use crate::{ExportError, Format};

/// The query, with the few words that databases say differently between braces.
const DECIDE: &str = include_str!("decide.sql");

/// A database that joins.
struct Engine {
    name: &'static str,
    words: &'static [(&'static str, &'static str)],
    /// How it loads a table; none where it does not know the format.
    load: fn(Format, &str, &[Column]) -> Option<String>,
}

const ENGINES: [Engine; 3] = [
    Engine {
        name: "duckdb",
        words: &[
            ("{view}", "CREATE OR REPLACE VIEW"),
            ("{user}", "\"user\""),
            ("{text}", "TEXT"),
            (
                "{each}",
                "CROSS JOIN LATERAL (SELECT key AS fact, value->>'$' AS value FROM json_each(s.facts)) e",
            ),
        ],
        load: |format, table, columns| {
            let options = match format {
                Format::Parquet => "FORMAT parquet",
                Format::Csv => "FORMAT csv, HEADER",
                Format::Sql => return None,
            };
            let file = format.file(table);
            let created = create(table, columns);
            Some(format!(
                "{created}COPY {table} FROM '{file}' ({options});\n"
            ))
        },
    },
    Engine {
        name: "postgres",
        words: &[
            ("{view}", "CREATE OR REPLACE VIEW"),
            ("{user}", "\"user\""),
            ("{text}", "TEXT"),
            (
                "{each}",
                "CROSS JOIN LATERAL (SELECT key AS fact, value FROM json_each_text(s.facts::json)) e",
            ),
        ],
        load: |format, table, columns| {
            if format != Format::Csv {
                return None;
            }
            let file = format.file(table);
            let created = create(table, columns);
            Some(format!(
                "{created}\\copy {table} FROM '{file}' WITH (FORMAT csv, HEADER)\nANALYZE {table};\n"
            ))
        },
    },
    Engine {
        name: "spark",
        words: &[
            ("{view}", "CREATE OR REPLACE TEMPORARY VIEW"),
            ("{user}", "`user`"),
            ("{text}", "STRING"),
            (
                "{each}",
                "LATERAL VIEW explode(from_json(s.facts, 'map<string,string>')) e AS fact, value",
            ),
        ],
        load: |format, table, columns| {
            let file = format.file(table);
            let view = format!("CREATE OR REPLACE TEMPORARY VIEW {table}");
            match format {
                Format::Parquet => Some(format!("{view} USING parquet OPTIONS (path '{file}');\n")),
                Format::Csv => {
                    let columns = columns
                        .iter()
                        .map(|(name, of)| format!("{name} {}", of.spark()));
                    let columns = columns.collect::<Vec<_>>().join(", ");
                    let options = format!("path '{file}', header true, escape '\"'");
                    Some(format!(
                        "{view} ({columns}) USING csv OPTIONS ({options});\n"
                    ))
                }
                Format::Sql => None,
            }
        },
    },
];

/// Writes how to load the tables and the query, for each database.
pub(crate) fn write(format: Format, folder: &Path) -> Result<(), ExportError> {
    for engine in &ENGINES {
        let load = TABLES
            .iter()
            .map(|(table, columns)| (engine.load)(format, table, columns));
        if let Some(load) = load.collect::<Option<String>>() {
            write_file(&folder.join(load_file(engine)), &load)?;
        }
        let words = engine.words.iter();
        let query = words.fold(DECIDE.to_owned(), |query, (word, said)| {
            query.replace(word, said)
        });
        write_file(&folder.join(decide_file(engine)), &query)?;
    }
    Ok(())
}

fn write_file(path: &Path, text: &str) -> Result<(), ExportError> {
    std::fs::write(path, text).map_err(ExportError::of(path))
}

fn load_file(engine: &Engine) -> String {
    format!("load.{}.sql", engine.name)
}

fn decide_file(engine: &Engine) -> String {
    format!("decide.{}.sql", engine.name)
}

/// Every file that can stand beside the tables.
pub(crate) fn files() -> impl Iterator<Item = String> {
    ENGINES
        .iter()
        .flat_map(|engine| [load_file(engine), decide_file(engine)])
}

/// The statement that makes a table.
pub(crate) fn create(table: &str, columns: &[Column]) -> String {
    let mut text = format!("CREATE TABLE {table} (");
    for (place, (name, of)) in columns.iter().enumerate() {
        let comma = if place == 0 { "" } else { ", " };
        // Writing to a text cannot fail.
        let _ = write!(text, "{comma}{name} {}", of.sql());
    }
    text.push_str(");\n");
    text
}
