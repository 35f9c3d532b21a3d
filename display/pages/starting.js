/* Nobody stands by a board to press "reload": if its scripts did not all arrive, load the page again. */
(() => {
  const PATIENCE_MS = 20000;
  setTimeout(() => {
    if (document.querySelector(".starting")) location.reload();
  }, PATIENCE_MS);
})();
