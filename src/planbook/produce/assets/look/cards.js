/* On a phone each row of a wide table reads from top to bottom: every cell gets its column's head to
   stand before it, and for ears all stays a table. Without it a table scrolls in its box. A plain
   script, so that it runs on file:// as well. */

(function () {
  "use strict";

  var own = "#alerts, #decisions, #moved, #successes, #coming"; /* cards by their style sheets */
  var narrow = window.matchMedia("(max-width: 600px)");

  function is(role, elements) {
    elements.forEach(function (element) { element.setAttribute("role", role); });
  }

  function label(table) {
    var heads = Array.prototype.map.call(table.querySelectorAll("thead th"), function (head) {
      return head.textContent.trim();
    });
    if (heads.length < 3 || table.matches(own)) return;
    table.querySelectorAll("tbody tr:not(.pb-group)").forEach(function (row) {
      Array.prototype.forEach.call(row.cells, function (cell, at) {
        var said = cell.textContent.trim();
        if (at && heads[at]) cell.dataset.label = heads[at];
        if (at && (said === "" || said === "—")) cell.classList.add("pb-nothing");
      });
    });
    is("table", [table]);
    is("rowgroup", table.querySelectorAll("thead, tbody"));
    is("row", table.querySelectorAll("tr"));
    is("columnheader", table.querySelectorAll("thead th"));
    is("rowheader", table.querySelectorAll("tbody th"));
    is("cell", table.querySelectorAll("td"));
    table.classList.add("pb-cards");
  }

  function begin() {
    if (!narrow.matches) return;
    narrow.removeEventListener("change", begin);
    document.querySelectorAll("table.pb-table").forEach(label);
  }

  narrow.addEventListener("change", begin);
  begin();
})();
