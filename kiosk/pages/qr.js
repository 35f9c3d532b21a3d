/** A QR code drawn in the page: no service elsewhere learns what it says. */

import { encode } from "/vendor/uqr/dist/index.mjs";
import { html, useMemo } from "/assets/vendor.js";

const QUIET_ZONE = 4; // modules, ISO/IEC 18004

/** @param {{value: string, label: string}} props label: what a reader says in its place */
export function Qr({ value, label }) {
  const { size, path } = useMemo(() => drawing(value), [value]);
  return html`<svg class="qr" role="img" aria-label=${label} viewBox=${`0 0 ${size} ${size}`} shape-rendering="crispEdges">
    <path class="qr-ground" d=${`M0 0h${size}v${size}H0z`} /><path class="qr-ink" d=${path} />
  </svg>`;
}

function drawing(value) {
  const { data, size } = encode(value, { ecc: "M", border: QUIET_ZONE });
  const dark = [];
  data.forEach((row, y) => row.forEach((on, x) => on && dark.push(`M${x} ${y}h1v1h-1z`)));
  return { size, path: dark.join("") };
}
