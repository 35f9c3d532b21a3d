/** Every line of the hall as a dense table: who waits, how long against the target, who serves, and whether it takes numbers. */

import { plain } from "/assets/finding.js";
import { Chip, StateMark } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html, useState } from "/assets/vendor.js";
import { gateOf, minutesSince, numbersLeft, pressure } from "/pages/supervisor/hall.js";
import { useHeld, useSteady } from "/pages/supervisor/steady.js";

const GATES = ["open", "limited", "unknown", "full", "closed"];

/** From so many minutes on a wait is told in hours: it reaches over a night. */
const HOURS_FROM = 120;

/** What each column sorts by; a line that has nothing to say stands last. */
const SORTS = {
  agency: (line) => plain(inLanguage(line.agency)),
  waiting: (line) => -line.waiting,
  oldest: (line) => (line.oldest ? Date.parse(line.oldest) : Infinity),
  wait: (line) => (line.waiting && line.high != null ? -line.high : Infinity),
  open: (line) => line.open,
  gate: (line) => -GATES.indexOf(gateOf(line)),
};

export function Lines({ hall, open }) {
  const { box, held } = useHeld();
  const [sort, setSort] = useState({ by: "oldest", up: true });
  const lines = hall.data?.lines ?? {};
  const wanted = sorted(hall.site.queues.map((queue) => lines[queue.id]).filter(Boolean), sort).map((line) => line.queue);
  // A press on a heading is a wish to see another order, pointer or not.
  const order = useSteady(wanted, held && !sort.fresh).filter((id) => lines[id]);
  if (sort.fresh) sort.fresh = false;
  const by = (column) => setSort({ by: column, up: sort.by === column ? !sort.up : true, fresh: true });
  return html`<section class="lines" ref=${box} data-held=${held || null} aria-label=${t("super-lines")}>
    <table>
      <thead><tr>
        ${Object.keys(SORTS).map((column) => html`<th key=${column} data-column=${column} scope="col"
          aria-sort=${sort.by === column ? (sort.up ? "ascending" : "descending") : "none"}>
          <button type="button" onClick=${() => by(column)} title=${t(`super-sort-${column}`)}>${t(`super-col-${column}`, { n: hall.target })}</button>
        </th>`)}
      </tr></thead>
      <tbody>${order.map((id) => html`<${Line} key=${id} line=${lines[id]} hall=${hall} open=${open} />`)}</tbody>
    </table>
    ${!order.length && html`<p class="none soft">${hall.data ? t("super-lines-none") : t("connection-connecting")}</p>`}
  </section>`;
}

function sorted(lines, { by, up }) {
  const key = SORTS[by];
  const compare = (a, b) => (a < b ? -1 : Number(a > b));
  return lines.map((line, at) => ({ line, at, key: key(line) }))
    .sort((a, b) => (up ? compare(a.key, b.key) : compare(b.key, a.key)) || a.at - b.at)
    .map(({ line }) => line);
}

function Line({ line, hall, open }) {
  const gate = gateOf(line);
  return html`<tr data-queue=${line.queue} data-empty=${line.waiting === 0 || null} onClick=${() => open({ kind: "queue", id: line.queue })}>
    <th scope="row" class="line-name"><${Chip} chip=${line.chip} />
      <button type="button" title=${inLanguage(line.agency)} onClick=${(event) => { event.stopPropagation(); open({ kind: "queue", id: line.queue }); }}>${inLanguage(line.agency)}</button>
    </th>
    <td class="number waiting">${line.waiting}</td>
    <td class="oldest"><${Oldest} line=${line} hall=${hall} /></td>
    <td class="likely tabular">${line.open === 0 ? "–" : likely(line)}</td>
    <td class="counters-open" data-none=${(line.waiting > 0 && line.open === 0) || null}>
      <span class="tabular">${line.open}</span>${line.waiting > 0 && line.open === 0 ? html`<${StateMark} state="late" />` : null}
    </td>
    <td class="gate" data-gate=${gate}>${gate === "open" || gate === "unknown" ? null : html`<${StateMark} state=${gate === "limited" ? "soon" : "closed"} />`}<span>${gateWords(line)}</span></td>
  </tr>`;
}

/** The longest wait as a bar: full at twice the target, which has its tick in the middle. */
function Oldest({ line, hall }) {
  if (!line.waiting) return html`<span class="faint">–</span>`;
  const minutes = minutesSince(line.oldest, hall.at);
  if (minutes === null) return html`<span class="soft">${t("super-unknown-word")}</span>`;
  const elapsed = hall.at - Date.parse(line.oldest);
  const loud = pressure(elapsed, hall.target);
  return html`<span class="bar-and-figure" data-pressure=${loud}>
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="bar-ground" x="0" y="1" width="100" height="6" /><rect class="bar-fill" x="0" y="1" height="6"
        width=${Math.min(100, Math.max(0, (elapsed / (hall.target * 2 * 60_000)) * 100))} /><rect class="bar-tick" x="49.5" y="0" width="1" height="8" />
    </svg>
    <span class="tabular figure">${t("super-min", { n: minutes })}</span>${loud === "calm" ? html`<i class="no-mark"></i>` : html`<${StateMark} state=${loud} />`}
  </span>`;
}

/** What a newcomer would wait. */
export function likely({ low, high, open }) {
  if (low == null || high == null) return open === 0 ? t("super-likely-none") : t("super-unknown-word");
  if (low >= HOURS_FROM) return t("super-likely-hours", { low: Math.floor(low / 60), high: Math.ceil(high / 60) });
  return t("super-likely", { low: Math.round(low), high: Math.max(1, Math.round(high)) });
}

export function gateWords(line) {
  const gate = gateOf(line);
  return t(`super-gate-${gate}`, { n: gate === "limited" ? numbersLeft(line) : 0 });
}
