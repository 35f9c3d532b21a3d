/** Shows the contract; "Try it out" works against this very centre with a token of one's own. */

window.SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null, // nothing of a centre is sent to the internet
  presets: [window.SwaggerUIBundle.presets.apis],
});
