//! A page of 50 rows of 9 columns, rendered by Leptos as the server's pages are: the least that such a
//! table costs. No data, no client, no headers of its own. docs/BENCHMARKS.md says what for.

use axum::Router;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list};
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::SsrMode;
use leptos_router::components::{FlatRoutes, Route, Router as PageRouter};
use leptos_router::path;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROWS: usize = 50;
const COLUMNS: usize = 9;

#[tokio::main]
async fn main() -> Result<(), std::io::Error> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let options = LeptosOptions::builder()
        .output_name("bare-page")
        .site_addr(address)
        .build();
    let router = Router::new()
        .leptos_routes(&options, generate_route_list(App), shell)
        .with_state(options);
    println!("The bare page is at http://{address}");
    axum::serve(listener, router).await
}

fn shell() -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
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
        <Title text="Bare page"/>
        <PageRouter>
            <FlatRoutes fallback=|| "no such page">
                <Route path=path!("/") view=Table ssr=SsrMode::Async/>
            </FlatRoutes>
        </PageRouter>
    }
}

#[component]
fn Table() -> impl IntoView {
    let headers = (1..=COLUMNS)
        .map(|column| view! { <th scope="col">{format!("Column {column}")}</th> })
        .collect_view();
    let rows = (1..=ROWS)
        .map(|row| {
            let cells = (1..=COLUMNS)
                .map(|column| view! { <td>{format!("Row {row}, column {column}")}</td> })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! {
        <main>
            <table>
                <thead>
                    <tr>{headers}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </main>
    }
}
