//! EPUB books: their chapters in reading order.

use std::collections::HashMap;

use super::{
    Content, html,
    xml::{self, Node},
};
use crate::decode::archive::{Archive, Budget};

/// The chapters that the package names.
pub(super) fn chapters(mut archive: Archive<'_>, budget: &mut Budget) -> Option<Content> {
    let container = archive.text("META-INF/container.xml", budget)?;
    let mut package = None;
    xml::visit(&container, |node| {
        if let Node::Start(element) = node
            && element.name().ends_with("rootfile")
            && package.is_none()
        {
            package = element.attribute("full-path");
        }
    });
    let package = package?;
    let folder = package.rfind('/').map_or("", |end| &package[..=end]);
    let described = archive.text(&package, budget)?;
    let mut files: HashMap<String, String> = HashMap::new();
    let mut order: Vec<String> = Vec::new();
    xml::visit(&described, |node| {
        let Node::Start(element) = node else { return };
        let name = element.name();
        if name == "item" || name.ends_with(":item") {
            if let (Some(id), Some(file)) = (element.attribute("id"), element.attribute("href")) {
                files.insert(id, file);
            }
        } else if name == "itemref" || name.ends_with(":itemref") {
            order.extend(element.attribute("idref"));
        }
    });
    let mut text = String::new();
    for chapter in order.iter().filter_map(|id| files.get(id)) {
        if let Some(page) = archive.text(&format!("{folder}{chapter}"), budget) {
            text.push_str(&html::text(&page));
            text.push('\n');
        }
    }
    Some(Content {
        text,
        ..Content::default()
    })
}
