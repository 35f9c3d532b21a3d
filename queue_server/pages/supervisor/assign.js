/** Which lines a counter serves, which it helps when its own are empty: chosen line by line, sent as a whole. */

import { Chip } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html, useState } from "/assets/vendor.js";
import { ACTS } from "/pages/supervisor/acts.js";
import { AskButton } from "/pages/supervisor/actButton.js";
import { servesOf } from "/pages/supervisor/hall.js";

const WAYS = ["serves", "helps", "none"];

export function Assign({ spec, row, hall, may, acts }) {
  const now = servesOf(spec, row);
  const [open, setOpen] = useState(false);
  const names = (ids) => ids.map((id) => inLanguage(queueOf(hall, id)?.name) || id).join(", ") || t("super-assign-nothing");
  return html`<section class="part" data-part="assign">
    <h3>${t("super-assign")}</h3>
    <dl class="facts">
      <div><dt>${t("super-assign-serves")}</dt><dd>${names(now.queues)}</dd></div>
      <div><dt>${t("super-assign-helps")}</dt><dd>${names(now.helps)}</dd></div>
    </dl>
    ${may.has("assign_counter") && !open && html`<button type="button" class="button small" data-act="assign_counter" onClick=${() => setOpen(true)}>${t("super-assign-change")}</button>`}
    ${open && html`<${Choice} row=${row} now=${now} hall=${hall} may=${may} acts=${acts} names=${names} put=${() => setOpen(false)} />`}
  </section>`;
}

function Choice({ row, now, hall, may, acts, names, put }) {
  const [next, setNext] = useState(now);
  const same = String(next.queues) === String(now.queues) && String(next.helps) === String(now.helps);
  const able = may.able && !same && next.queues.length > 0;
  const send = () => {
    acts.run(ACTS.assign(row.id, next, { number: row.number, queues: names(next.queues) }));
    put();
  };
  return html`
    <ul class="assign">${hall.site.queues.map((queue) => html`<${Row} key=${queue.id} queue=${queue} line=${hall.data?.lines?.[queue.id]}
      way=${wayOf(next, queue.id)} choose=${(way) => setNext(changed(next, queue.id, way))} />`)}</ul>
    ${!next.queues.length && html`<p class="limit-wrong" role="alert">${t("super-assign-one")}</p>`}
    <div class="part-acts assign-acts">
      <button type="button" class="button quiet small" onClick=${put}>${t("super-keep")}</button>
      <${AskButton} may=${{ ...may, able, why: able ? "" : t("super-assign-same") }} right="assign_counter" class="primary small" go=${send} data-send="assign"
        advice=${t("super-assign-advice", { number: row.number, queues: names(next.queues), helps: names(next.helps) })} sure=${t("super-assign-sure")}>${t("super-assign-do")}<//>
    </div>`;
}

function Row({ queue, line, way, choose }) {
  const name = inLanguage(queue.name);
  return html`<li data-queue=${queue.id} data-way=${way}>
    <${Chip} chip=${queue.prefix} /><span class="assign-name" title=${name}>${name}</span><span class="tabular soft">${line?.waiting || ""}</span>
    <span class="ways" role="radiogroup" aria-label=${name}>${WAYS.map((one) => html`<label key=${one}>
      <input type="radio" name=${`way-${queue.id}`} value=${one} checked=${way === one} onChange=${() => choose(one)} /><span>${t(`super-way-${one}`)}</span>
    </label>`)}</span>
  </li>`;
}

function queueOf(hall, id) {
  return hall.site.queues.find((one) => one.id === id);
}

/** @returns {"serves"|"helps"|"none"} */
export function wayOf({ queues, helps }, id) {
  if (queues.includes(id)) return "serves";
  return helps.includes(id) ? "helps" : "none";
}

/** The same with `id` in its new way: kept where it is in its list, for the order is a preference; new ones go last. */
export function changed({ queues, helps }, id, way) {
  const put = (list, here) => (here ? (list.includes(id) ? list : [...list, id]) : list.filter((one) => one !== id));
  return { queues: put(queues, way === "serves"), helps: put(helps, way === "helps") };
}
