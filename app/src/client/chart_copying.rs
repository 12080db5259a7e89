//! Copies a chart: as a drawing, or as a picture of pixels. What the style sheet says of each mark is written into it,
//! since it leaves the page.

use leptos::prelude::{document, window};
use leptos::task::spawn_local;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Element, HtmlAnchorElement, HtmlCanvasElement,
    HtmlImageElement, MouseEvent, Url, XmlSerializer, js_sys,
};
use wasm_bindgen_futures::JsFuture;

use super::{copying, dom, saying};
use crate::text::frame as text;

/// What the style sheet decides of a mark; each is an attribute as well.
const STYLES: [&str; 10] = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "vector-effect",
    "transform",
];
/// Pixels of a picture for each of the page: sharp on paper and on fine screens.
const SCALE: f64 = 2.0;
/// Room around the marks, in pixels: numbers stand left of them.
const ROOM_PX: f64 = 48.0;
const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// Listens for clicks on the buttons of charts.
pub fn install() {
    dom::on("click", |event: MouseEvent| {
        let Some(button) = dom::around(&event, "[data-copies-chart]") else {
            return;
        };
        let chart = button.closest("[data-chart]").ok().flatten();
        let marks = chart.and_then(|chart| dom::find_in(&chart, "[data-marks]"));
        let drawn = marks.and_then(|marks| drawing(&marks));
        let Some((drawing, width_px, height_px)) = drawn else {
            return;
        };
        if button.get_attribute("data-copies-chart").as_deref() == Some("svg") {
            copying::copy(&drawing, text::CHART_COPIED);
        } else {
            spawn_local(async move {
                if picture(&drawing, width_px, height_px).await.is_err() {
                    saying::problem(text::NOT_COPIED);
                }
            });
        }
    });
}

/// The chart as a drawing by itself, and its size in pixels.
fn drawing(marks: &Element) -> Option<(String, f64, f64)> {
    let place = marks.get_bounding_client_rect();
    let (width_px, height_px) = (place.width(), place.height());
    let copy: Element = marks.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    let originals = dom::all_in(marks, "*");
    for (original, copy) in originals.iter().zip(dom::all_in(&copy, "*")) {
        if let Some(style) = window().get_computed_style(original).ok().flatten() {
            for name in STYLES {
                let value = style.get_property_value(name).unwrap_or_default();
                if value != "none" || matches!(name, "fill" | "stroke") {
                    set(&copy, name, &value);
                }
            }
        }
    }
    for name in ["class", "role", "data-marks"] {
        // They fail for names of attributes that are no names only.
        drop(copy.remove_attribute(name));
    }
    set(&copy, "x", &ROOM_PX.to_string());
    set(&copy, "y", "8");
    set(&copy, "width", &width_px.to_string());
    set(&copy, "overflow", "visible");
    let whole = document().create_element_ns(Some(NAMESPACE), "svg").ok()?;
    let (width_px, height_px) = (width_px + ROOM_PX + 8.0, height_px + 16.0);
    set(&whole, "xmlns", NAMESPACE);
    set(&whole, "width", &width_px.to_string());
    set(&whole, "height", &height_px.to_string());
    let paper = document().create_element_ns(Some(NAMESPACE), "rect").ok()?;
    set(&paper, "width", "100%");
    set(&paper, "height", "100%");
    let style = marks.closest("section").ok().flatten();
    let style = style.and_then(|panel| window().get_computed_style(&panel).ok().flatten());
    let colour = style.and_then(|style| style.get_property_value("background-color").ok());
    set(&paper, "fill", &colour.unwrap_or_default());
    whole.append_child(&paper).ok()?;
    whole.append_child(&copy).ok()?;
    let written = XmlSerializer::new()
        .ok()?
        .serialize_to_string(&whole)
        .ok()?;
    Some((written, width_px, height_px))
}

fn set(element: &Element, name: &str, value: &str) {
    drop(element.set_attribute(name, value));
}

/// Copies the drawing as pixels; a browser that copies no pictures saves it.
async fn picture(drawing: &str, width_px: f64, height_px: f64) -> Result<(), JsValue> {
    let image = HtmlImageElement::new()?;
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let content = js_sys::Array::of1(&drawing.into());
    let content = Blob::new_with_str_sequence_and_options(&content, &options)?;
    let address = Url::create_object_url_with_blob(&content)?;
    image.set_src(&address);
    let decoded = JsFuture::from(image.decode()).await;
    Url::revoke_object_url(&address)?;
    decoded?;
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    let whole = |length_px: f64| u32::try_from(dom::whole_px(length_px)).unwrap_or(1);
    canvas.set_width(whole(width_px * SCALE));
    canvas.set_height(whole(height_px * SCALE));
    let Some(context) = canvas.get_context("2d")? else {
        return Err(JsValue::NULL);
    };
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    context.scale(SCALE, SCALE)?;
    context.draw_image_with_html_image_element(&image, 0.0, 0.0)?;
    let pixels = js_sys::Promise::new(&mut |done, _| {
        let given = Closure::once_into_js(move |blob: JsValue| {
            // It fails only where the promise is none.
            drop(done.call1(&JsValue::NULL, &blob));
        });
        drop(canvas.to_blob(given.unchecked_ref()));
    });
    let pixels: Blob = JsFuture::from(pixels).await?.dyn_into()?;
    match copied(&pixels).await {
        Ok(()) => saying::note(text::CHART_COPIED),
        Err(_) => {
            save(&pixels)?;
            saying::note(text::CHART_SAVED);
        }
    }
    Ok(())
}

/// Puts pixels into the clipboard.
async fn copied(pixels: &Blob) -> Result<(), JsValue> {
    let navigator = window().navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into())?;
    let of_kind = js_sys::Reflect::get(&window(), &"ClipboardItem".into())?;
    let of_kind: js_sys::Function = of_kind.dyn_into()?;
    let content = js_sys::Object::new();
    js_sys::Reflect::set(&content, &"image/png".into(), pixels)?;
    let item = js_sys::Reflect::construct(&of_kind, &js_sys::Array::of1(&content))?;
    let write: js_sys::Function = js_sys::Reflect::get(&clipboard, &"write".into())?.dyn_into()?;
    let written = write.call1(&clipboard, &js_sys::Array::of1(&item))?;
    JsFuture::from(written.dyn_into::<js_sys::Promise>()?).await?;
    Ok(())
}

/// Saves pixels as a file.
fn save(pixels: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(pixels)?;
    let link: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download("chart.png");
    link.click();
    Url::revoke_object_url(&address)
}
