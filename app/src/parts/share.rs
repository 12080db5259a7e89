//! `share`: the links to the page at an address.

use leptos::prelude::*;

use crate::asked::Asked;
use crate::assemble::moments::Clock;
use crate::assemble::saved;
use crate::assemble::sign_ins::PATH;
use crate::components::share::share_links;
use crate::context;

/// The content of the popover.
pub fn written(asked: &Asked) -> String {
    let query = asked.parsed();
    let links = saved::share_links(&query, &Clock::of_request(&query), &context::origin(), PATH);
    view! { <div>{share_links(links)}</div> }.to_html()
}
