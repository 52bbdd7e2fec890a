//! Nothing but its tests: files, reports and schemas of clio-rules beside schemas and readers that others wrote.
//!
//! They stand apart from `conformance`, which needs an optimised build of the library, and these do not.
