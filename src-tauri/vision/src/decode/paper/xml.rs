//! Going through XML.

use quick_xml::{
    XmlVersion, escape,
    events::{BytesStart, Event},
    reader::Reader,
};

/// Deeper than any document that a person made.
const DEEPEST: usize = 500;

/// What is met in XML, one after the other.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// An element begins; one without content ends at once.
    Start(Element<'a>),
    /// An element of this name ends.
    End(String),
    /// Text, with its entities resolved.
    Text(String),
}

/// The beginning of an element.
#[derive(Debug)]
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Its name with its prefix, such as `w:p`.
    pub(super) fn name(&self) -> &str {
        self.0.name().0
    }

    /// An attribute by its full name.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found = self.0.try_get_attribute(name).ok()??;
        let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }
}

/// Visits what is in an XML file. Where it is not well formed the visit ends; entities other than those
/// that HTML knows are left out, so none can grow.
pub(super) fn visit(xml: &str, mut tell: impl FnMut(Node<'_>)) {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut depth = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth > DEEPEST {
                    return;
                }
                tell(Node::Start(Element(start)));
            }
            Ok(Event::Empty(start)) => {
                let name = start.name().0.to_owned();
                tell(Node::Start(Element(start)));
                tell(Node::End(name));
            }
            Ok(Event::End(end)) => {
                depth = depth.saturating_sub(1);
                tell(Node::End(end.name().0.to_owned()));
            }
            Ok(Event::Text(text)) => tell(Node::Text(text.xml10_content().into_owned())),
            Ok(Event::CData(text)) => tell(Node::Text(text.xml10_content().into_owned())),
            Ok(Event::GeneralRef(entity)) => {
                let letter = entity.resolve_char_ref().ok().flatten().map(String::from);
                let named = || {
                    let found = escape::resolve_html5_entity(&entity.xml10_content());
                    found.map(str::to_owned)
                };
                if let Some(text) = letter.or_else(named) {
                    tell(Node::Text(text));
                }
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}
