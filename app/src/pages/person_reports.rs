//! `/person-reports`: the sign-ins that people did not recognise.

use leptos::prelude::*;
use model::Query;

use super::Written;
use crate::assemble::moments::Clock;
use crate::components::frame::Breadcrumb;
use crate::components::outcome::time;
use crate::keeping::{KeptReport, SharedKeeping};
use crate::sheet::Sheet;
use crate::text::{frame, person_reports as text};

/// The page.
pub async fn written() -> Written {
    let clock = Clock::of_request(&Query::default());
    let reports = match use_context::<SharedKeeping>() {
        Some(keeping) => keeping.unrecognised().await,
        None => Ok(Vec::new()),
    };
    let content = match reports {
        Ok(reports) if reports.is_empty() => {
            view! { <p class="ink2 mt">{text::NONE}</p> }.into_any()
        }
        Ok(reports) => list(reports, &clock),
        Err(error) => {
            view! { <p class="banner bad inset" role="alert"><span>{error.message}</span></p> }
                .into_any()
        }
    };
    let markup = view! {
        <Breadcrumb group=frame::GROUP_MONITORING page=frame::PERSON_REPORTS/>
        <div class="page narrow"><p class="lede">{text::LEDE}</p>{content}</div>
    };
    Written::Sheet(Sheet {
        title: frame::PERSON_REPORTS.to_owned(),
        address: None,
        class: "sheet scroll".to_owned(),
        markup: markup.to_html(),
    })
}

fn list(reports: Vec<KeptReport>, clock: &Clock) -> AnyView {
    let lines = reports.into_iter().map(|report| {
        let id = leptos_router::location::Url::escape(&report.request_id);
        let address = format!("/sign-ins?tab=all&noise=workloads&from=&row={id}");
        view! {
            <tr>
                <th scope="row" dir="auto">{report.display_name}</th>
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
