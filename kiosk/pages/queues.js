/** Which line of an agency that has several. */

import { inLanguage, t } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { Chosen } from "./chosen.js";
import { shut } from "./gates.js";
import { Scroller } from "./scroller.js";

export function QueueScreen({ flow, act, hall: { site, lines } }) {
  const queues = site.queues.filter((queue) => queue.agency === flow.agency.id);
  return html`<${Chosen} flow=${flow} />
    <${Scroller}>
      <ul class="services">
        ${queues.map((queue) => html`<${Queue} key=${queue.id} queue=${queue} why=${shut(lines[queue.id])} act=${act} />`)}
      </ul>
    <//>`;
}

/** `why`: why no number can be had there today. */
function Queue({ queue, why, act }) {
  return html`<li>
    <button type="button" class="choice service" data-queue=${queue.id} data-shut=${why} aria-disabled=${why ? "true" : null}
      onClick=${() => why || act({ type: "chooseQueue", queue })}>
      <span class="choice-words"><span class="choice-name">${inLanguage(queue.name)}</span>
        ${why && html`<span class="choice-about">${t(`kiosk-shut-${why}`)}</span>`}</span>
    </button>
  </li>`;
}
