//! `/person-reports`: the sign-ins that people did not recognise.

use leptos::prelude::*;
use model::Query;

use super::Written;
use crate::assemble::moments::Clock;
use crate::components::outcome::time;
use crate::components::plain_page::{PlainPage, plain_page};
use crate::keeping::{KeptReport, SharedKeeping};
use crate::text::{frame, person_reports as text};
use crate::viewer::sight;

const PAGE: PlainPage = PlainPage {
    group: frame::GROUP_MONITORING,
    title: frame::PERSON_REPORTS,
    lede: Some(text::LEDE),
    is_narrow: true,
};

/// The page.
pub async fn written() -> Written {
    let clock = Clock::of_request(&Query::default());
    let reports = match use_context::<SharedKeeping>() {
        Some(keeping) => keeping.unrecognised().await,
        None => Ok(Vec::new()),
    };
    let content = reports.map(|reports| match reports.is_empty() {
        true => view! { <p class="ink2 mt">{text::NONE}</p> }.into_any(),
        false => list(reports, &clock),
    });
    plain_page(PAGE, content)
}

/// Who it was; where names are masked, the sign-in says by which name.
fn who(name: String) -> String {
    match sight().people {
        true => name,
        false => text::MASKED.to_owned(),
    }
}

fn list(reports: Vec<KeptReport>, clock: &Clock) -> AnyView {
    let lines = reports.into_iter().map(|report| {
        let id = leptos_router::location::Url::escape(&report.request_id);
        let address = format!("/sign-ins?tab=all&noise=workloads&from=&row={id}");
        view! {
            <tr>
                <th scope="row" dir="auto">{who(report.display_name)}</th>
                <td>{time(clock.in_pane(report.said))}</td>
                <td><a href=address><code>{report.request_id}</code></a></td>
            </tr>
        }
    });
    view! {
        <section class="panel flush mt">
            <div class="scroll-x" tabindex="0" role="region" aria-label=frame::PERSON_REPORTS>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{text::WHO}</th>
                            <th scope="col">{text::WHEN}</th>
                            <th scope="col">{text::SIGN_IN}</th>
                        </tr>
                    </thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
