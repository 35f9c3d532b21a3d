/** Which line of an agency that has several. */

import { inLanguage } from "/assets/texts.js";
import { html } from "/assets/vendor.js";
import { Chosen } from "./chosen.js";
import { Scroller } from "./scroller.js";

export function QueueScreen({ flow, act, hall: { site } }) {
  const queues = site.queues.filter((queue) => queue.agency === flow.agency.id);
  return html`<${Chosen} flow=${flow} />
    <${Scroller}>
      <ul class="services">
        ${queues.map((queue) => html`<li key=${queue.id}>
          <button type="button" class="choice service" data-queue=${queue.id} onClick=${() => act({ type: "chooseQueue", queue })}>
            <span class="choice-words"><span class="choice-name">${inLanguage(queue.name)}</span></span>
          </button>
        </li>`)}
      </ul>
    <//>`;
}
