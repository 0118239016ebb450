//! `man`: the manual, one page for each command, made from the grammar itself.
//!
//! Floor 6. The only files that floor 6 writes; a page of the same name is replaced.

use std::fs;
use std::io;
use std::path::Path;

use clap_mangen::Man;
use serde_json::json;

use crate::cli::Output;
use crate::cli::args::tree;
use crate::cli::failure::Failure;
use crate::cli::render::{Answer, Column, Table};

/// What stands at the foot of every page.
const SOURCE: &str = concat!("partners ", env!("CARGO_PKG_VERSION"));

/// Writes the manual into a folder, which is made where it is missing.
///
/// # Errors
/// A folder or file that cannot be written: exit 7.
pub fn write(dir: &Path) -> Result<Output, Failure> {
    let failed = |error: io::Error| {
        Failure::outside("manual", format!("the manual could not be written to {}: {error}", dir.display()))
    };
    fs::create_dir_all(dir).map_err(failed)?;
    let mut pages = Vec::new();
    let mut grammar = tree();
    grammar.build();
    write_page(dir, &grammar, &mut pages).map_err(failed)?;
    let dir = dir.display().to_string();
    Ok(Answer::new("man", json!({ "dir": dir, "pages": pages }))
        .lead(format!("Wrote {} pages into {dir}.", pages.len()))
        .csv(Table::new(vec![Column::text("page")]).rows(pages.into_iter().map(|page| vec![page.into()])))
        .routine()
        .into())
}

fn write_page(dir: &Path, command: &clap::Command, pages: &mut Vec<String>) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let page = format!("{name}.1");
    // Pages end with examples, as manuals do; help leads with them.
    let ending = [command.get_before_help(), command.get_after_help()];
    let ending: Vec<String> = ending.into_iter().flatten().map(ToString::to_string).collect();
    let whole = command.clone().after_long_help(ending.join("\n\n"));
    let mut text = Vec::new();
    Man::new(whole).source(SOURCE).manual("Partners").render(&mut text)?;
    fs::write(dir.join(&page), text)?;
    pages.push(page);
    for below in command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help")
    {
        write_page(dir, below, pages)?;
    }
    Ok(())
}
