/** Which agency: all of them at once, under headings, in columns that keep a heading with its agencies. */

import { Chip } from "/assets/marks.js";
import { inLanguage, t } from "/assets/texts.js";
import { html, useEffect, useState } from "/assets/vendor.js";
import { allShut } from "./gates.js";
import { Scroller } from "./scroller.js";

/** A heading takes about this much of a card's height. */
const HEADING = 0.5;

export function AgencyScreen({ act, hall: { site, lines } }) {
  const count = useColumnCount();
  const queuesOf = (agency) => site.queues.filter((queue) => queue.agency === agency.id);
  const shutOf = (agency) => allShut(lines, queuesOf(agency));
  const choose = (agency) => shutOf(agency) || act({ type: "chooseAgency", agency, queues: queuesOf(agency) });
  return html`<${Scroller}>
    <div class="agencies">
      ${columns(groupsOf(site), count).map((groups, at) => html`<div class="agency-column" key=${at}>
        ${groups.map((group) => html`<${Group} key=${group.id} group=${group} choose=${choose} shutOf=${shutOf} />`)}
      </div>`)}
    </div>
  <//>`;
}

function Group({ group, choose, shutOf }) {
  const heading = `group-${group.id}`;
  return html`<section class="agency-group" aria-labelledby=${heading}>
    <h2 id=${heading}>${inLanguage(group.name)}</h2>
    <ul>
      ${group.agencies.map((agency) => html`<${Agency} key=${agency.id} agency=${agency} shut=${shutOf(agency)} choose=${choose} />`)}
    </ul>
  </section>`;
}

/** `shut`: why no number can be had there today; it is read and heard, but cannot be chosen. The card keeps its height. */
function Agency({ agency, shut, choose }) {
  return html`<li>
    <button type="button" class="choice agency" data-agency=${agency.id} data-shut=${shut} aria-disabled=${shut ? "true" : null} onClick=${() => choose(agency)}>
      <${Chip} chip=${agency.chip} />
      <span class="choice-words">
        <span class="choice-name">${inLanguage(agency.name)}</span>
        <span class="choice-about"><span>${inLanguage(agency.about)}</span>${shut && html`<strong>${t(`kiosk-shut-${shut}`)}</strong>`}</span>
      </span>
    </button>
  </li>`;
}

/** Groups with their agencies, in the centre's order; agencies without a known group come last, unlost. */
export function groupsOf({ groups, agencies, queues }) {
  const served = agencies.filter((agency) => queues.some((queue) => queue.agency === agency.id));
  const known = new Set(groups.map((group) => group.id));
  const rest = served.filter((agency) => !known.has(agency.group));
  const filled = groups.map((group) => ({ ...group, agencies: served.filter((agency) => agency.group === group.id) }));
  return [...filled, { id: "other", name: {}, agencies: rest }].filter((group) => group.agencies.length);
}

/** Split groups, kept in order and whole, over `count` columns so that the tallest column is as short as can be. */
export function columns(groups, count) {
  const heights = groups.map((group) => group.agencies.length + HEADING);
  const best = { tallest: Infinity, cuts: [] };
  const place = (from, left, tallest, cuts) => {
    if (tallest >= best.tallest) return;
    if (left === 1) {
      const height = Math.max(tallest, total(heights.slice(from)));
      if (height < best.tallest) Object.assign(best, { tallest: height, cuts });
      return;
    }
    for (let to = from; to <= groups.length; to += 1) {
      place(to, left - 1, Math.max(tallest, total(heights.slice(from, to))), [...cuts, to]);
    }
  };
  place(0, count, 0, []);
  const edges = [0, ...best.cuts, groups.length];
  return edges.slice(1).map((to, at) => groups.slice(edges[at], to)).filter((column) => column.length);
}

const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

function useColumnCount() {
  const wide = globalThis.matchMedia("(orientation: landscape)");
  const [count, setCount] = useState(wide.matches ? 3 : 2);
  useEffect(() => {
    const turn = () => setCount(wide.matches ? 3 : 2);
    wide.addEventListener("change", turn);
    return () => wide.removeEventListener("change", turn);
  }, []);
  return count;
}
