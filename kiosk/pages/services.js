/** What for: the few most used services of a line, or another matter. The catalogue's absence never bars a number. */

import { inLanguage, t } from "/assets/texts.js";
import { html, useEffect, useState } from "/assets/vendor.js";
import { Chosen } from "./chosen.js";
import { Scroller } from "./scroller.js";

const POPULAR = 6;
const UNKNOWN = { queue: null, services: null, total: null, failed: false };

/** The popular services of a line: `services` is null while they are on their way. */
export function useServices(api, queue) {
  const [found, setFound] = useState(UNKNOWN);
  const id = queue?.id ?? null;
  useEffect(() => {
    if (!id) return undefined;
    let gone = false;
    setFound({ ...UNKNOWN, queue: id });
    api.get(`/queues/${encodeURIComponent(id)}/services?popular=${POPULAR}`, { patience: 1 }).then(
      (answer) => !gone && setFound({ queue: id, services: answer.services, total: answer.total, failed: false }),
      () => !gone && setFound({ queue: id, services: [], total: null, failed: true }),
    );
    return () => {
      gone = true;
    };
  }, [api, id]);
  return found.queue === id ? found : UNKNOWN;
}

export function ServiceScreen({ flow, act, services }) {
  const none = services.total === 0;
  useEffect(() => {
    if (none) act({ type: "skipService" });
  }, [none]);
  if (none) return null;
  const choose = (service) => act({ type: "chooseService", service });
  return html`<${Chosen} flow=${flow} />
    <${Scroller}>
      <ul class="services" aria-busy=${services.services === null}>
        ${services.services === null
          ? Array.from({ length: POPULAR }, (_, at) => html`<li key=${at}><span class="choice service waiting" aria-hidden="true"></span></li>`)
          : services.services.map((service) => html`<${Service} key=${service.id} service=${service} choose=${choose} />`)}
        <li><button type="button" class="choice service other" data-service="other" onClick=${() => choose(null)}>
          <span class="choice-words">
            <span class="choice-name">${t("kiosk-other")}</span>
            <span class="choice-about">${services.failed ? t("kiosk-services-failed") : t("kiosk-other-about")}</span>
          </span>
        </button></li>
      </ul>
    <//>`;
}

function Service({ service, choose }) {
  return html`<li>
    <button type="button" class="choice service" data-service=${service.id} onClick=${() => choose(service)}>
      <span class="choice-words" lang="vi">
        ${service.field && html`<span class="choice-field">${service.field}</span>`}
        <span class="choice-name">${inLanguage(service.name)}</span>
      </span>
    </button>
  </li>`;
}
