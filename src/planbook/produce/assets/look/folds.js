/* A link into what is folded opens it: not every browser does so by itself. */

(function () {
  "use strict";

  function open() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target) return;
    var own = target.matches("section") ? target.querySelector(":scope > details") : null;
    var folds = own ? [own] : [];
    for (var at = target; at; at = at.parentElement) {
      if (at.matches("details")) folds.push(at);
    }
    folds = folds.filter(function (fold) { return !fold.open; });
    folds.forEach(function (fold) { fold.open = true; });
    if (folds.length) target.scrollIntoView();
  }

  window.addEventListener("hashchange", open);
  open();
})();
