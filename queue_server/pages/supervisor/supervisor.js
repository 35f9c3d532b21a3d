/** The whole hall at one glance: what needs a person, the lines, the counters, who waits too long, the devices. */

import { now, useNow } from "/assets/clock.js";
import { Connection } from "/assets/connection.js";
import { useTopic } from "/assets/live.js";
import { at } from "/assets/place.js";
import { t, useLanguage } from "/assets/texts.js";
import { html, useCallback, useEffect, useMemo, useState } from "/assets/vendor.js";
import { useActs } from "/pages/supervisor/acts.js";
import { Alerts } from "/pages/supervisor/alertList.js";
import { alertsOf } from "/pages/supervisor/alerts.js";
import { Counters } from "/pages/supervisor/counters.js";
import { Devices } from "/pages/supervisor/devices.js";
import { Header } from "/pages/supervisor/header.js";
import { Lines } from "/pages/supervisor/lines.js";
import { Panel } from "/pages/supervisor/panel.js";
import { Waits } from "/pages/supervisor/waits.js";

const TARGET_MINUTES = 15;

export function Supervisor({ api, user, rights, site }) {
  const language = useLanguage();
  const topic = useTopic(`site:${site.id}`);
  useNow(1000); // draws again every second
  const at = now(); // not the hook's own: that is a second old when the server's first word sets the clock right
  const acts = useActs(api);
  const panel = usePanel(acts);
  const { data, status } = topic;
  const centre = data?.site?._ ?? {};
  const hall = {
    site, user, data, status, at,
    target: centre.target_minutes ?? site.rule?.target_minutes ?? TARGET_MINUTES,
    service: centre.service_minutes ?? site.rule?.service_minutes ?? TARGET_MINUTES,
  };
  const may = useMay(rights, status, acts);
  const alerts = useMemo(() => alertsOf({ ...hall, now: at }), [data, hall.target, hall.service, Math.floor(at / 1000)]);
  useEffect(() => {
    document.title = alerts.length ? `(${alerts.length}) ${t("super-title")}` : t("super-title");
  }, [language, alerts.length]);
  if (status === "refused" && !data) return html`<${NotHere} problem=${topic.problem} api=${api} user=${user} hall=${hall} may=${may} />`;
  const common = { api, hall, may, acts, open: panel.open };
  return html`<div class="super" data-status=${status} data-alerts=${alerts.length}>
    <${Header} api=${api} user=${user} hall=${hall} may=${may} />
    <${Alerts} ...${common} alerts=${alerts} topic=${topic} quiet=${Boolean(panel.now)} />
    <${Lines} ...${common} />
    <${Counters} ...${common} />
    <aside class="side">
      <${Waits} ...${common} />
      <${Devices} ...${common} />
    </aside>
    ${panel.now && html`<${Panel} key="panel" ...${common} panel=${panel} />`}
  </div>`;
}

/** Somebody who may not see the hall: why, and the way to where they may be. */
function NotHere({ problem, ...common }) {
  return html`<div class="super not-here" data-status="refused">
    <${Header} ...${common} />
    <section class="alerts"><${Connection} status="refused" problem=${problem} />
      ${common.user.role === "officer" && html`<p><a class="button" href=${at("/desk")}>${t("super-desk")}</a></p>`}</section>
  </div>`;
}

/** Which sheet is open, and from where: {kind, id, part?}. Acts that are over are forgotten with their sheet. */
function usePanel(acts) {
  const [trail, setTrail] = useState([]);
  const open = useCallback((one) => {
    acts.forget();
    setTrail((before) => [...before, one]);
  }, []);
  const back = useCallback(() => setTrail((before) => before.slice(0, -1)), []);
  const close = useCallback(() => setTrail([]), []);
  return { now: trail.at(-1) ?? null, deep: trail.length > 1, open, back, close };
}

/** May this person do `action`, and can it be done now? `has`: the right alone, for whether to show a button. */
function useMay(rights, status, acts) {
  const has = (action) => rights.has(action);
  const able = status === "live" && !acts.pending;
  return { has, able, why: status === "live" ? "" : t("super-why-stale") };
}
