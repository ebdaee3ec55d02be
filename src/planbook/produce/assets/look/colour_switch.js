/* Who switches the colours by keyboard stays on the switch, which the theme takes the focus from. */

(function () {
  "use strict";

  document.querySelectorAll(".theme-switch-button").forEach(function (button) {
    button.addEventListener("click", function (event) {
      if (event.detail) return; /* by a pointer */
      window.setTimeout(function () { button.focus({ preventScroll: true }); }, 0);
    });
  });
})();
