//! Drives the built program in folders of its own and compares status, standard output and standard error exactly.

mod batch;
mod can;
mod change;
mod check;
mod completions;
mod explain;
mod init;
mod matrix;
mod program;
mod readme;
mod schema;
mod streams;
mod usage;
