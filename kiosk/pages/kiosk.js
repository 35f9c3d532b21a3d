/** Start of the kiosk's page: who this kiosk is, its token, its texts, its link; then the screens. */

import { Api, deviceToken } from "/assets/api.js";
import { openLive } from "/assets/live.js";
import { loadTexts, setLanguage } from "/assets/texts.js";
import { html, render } from "/assets/vendor.js";
import { Kiosk } from "./app.js";

const TRY_AGAIN_MS = 2000;
const place = document.getElementById("kiosk");
const id = decodeURIComponent(location.pathname.split("/").filter(Boolean).at(-1) ?? "");

setLanguage("vi");
// A long press must not open the browser's menu in front of the next person.
document.addEventListener("contextmenu", (event) => event.preventDefault());

const token = deviceToken();
await textsAtLast();
openLive({ token });
render(html`<${Kiosk} id=${id} api=${new Api({ token })} />`, place);

/** The texts are the first thing the server gives; until it answers there are no words but these. */
async function textsAtLast() {
  for (;;) {
    try {
      return await loadTexts();
    } catch {
      render(html`<p class="unborn" role="status">Máy lấy số đang khởi động…<br /><span lang="en">Starting…</span></p>`, place);
      await new Promise((done) => setTimeout(done, TRY_AGAIN_MS));
    }
  }
}
