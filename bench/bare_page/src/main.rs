//! A bare Leptos page with a table of 50 rows, written as the Leptos book would have it: router, one
//! resource, and what the browser needs to take the page over. docs/BENCHMARKS.md says what for.

mod data;

use axum::Router;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list};
use leptos_meta::{MetaTags, Stylesheet, Title, provide_meta_context};
use leptos_router::SsrMode;
use leptos_router::components::{Route, Router as PageRouter, Routes};
use leptos_router::path;

use data::{SignIn, sign_ins};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> Result<(), std::io::Error> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let options = LeptosOptions::builder()
        .output_name("bare-page")
        .site_addr(address)
        .build();
    let router = Router::new()
        .leptos_routes(&options, generate_route_list(App), {
            let options = options.clone();
            move || shell(options.clone())
        })
        .with_state(options);
    println!("The bare page is at http://{address}");
    axum::serve(listener, router).await
}

fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

#[component]
fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Stylesheet id="leptos" href="/pkg/bare-page.css"/>
        <Title text="Sign-ins"/>
        <PageRouter>
            <main>
                <Routes fallback=|| "Page not found.">
                    <Route path=path!("/") view=SignIns ssr=SsrMode::Async/>
                </Routes>
            </main>
        </PageRouter>
    }
}

#[component]
fn SignIns() -> impl IntoView {
    let rows = Resource::new(|| (), |()| sign_ins());
    view! {
        <h1>"Sign-ins"</h1>
        <Suspense fallback=|| view! { <p>"Loading…"</p> }>
            {move || Suspend::new(async move {
                let rows = rows.await;
                view! { <Table rows/> }
            })}
        </Suspense>
    }
}

#[component]
fn Table(rows: Vec<SignIn>) -> impl IntoView {
    view! {
        <table>
            <thead>
                <tr>
                    <th>"Date"</th>
                    <th>"User"</th>
                    <th>"Application"</th>
                    <th>"Status"</th>
                    <th>"Reason"</th>
                    <th>"IP address"</th>
                    <th>"Location"</th>
                    <th>"Conditional Access"</th>
                    <th>"Authentication requirement"</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || rows.clone() key=|row| row.id.clone() let:row>
                    <tr>
                        <td>{row.date.format("%-d %b %H:%M:%S").to_string()}</td>
                        <td>{row.user}</td>
                        <td>{row.application}</td>
                        <td>{row.status}</td>
                        <td>{row.reason}</td>
                        <td>{row.ip_address}</td>
                        <td>{row.location}</td>
                        <td>{row.conditional_access}</td>
                        <td>{row.authentication_requirement}</td>
                    </tr>
                </For>
            </tbody>
        </table>
    }
}
