/* The scoreboard: filters rows, keeps what is chosen in the address.
   Sorting itself is sortable.js's, its heads sort_heads.js's. A plain script, so that it runs on file:// as well; without it
   the table stands there whole. Address: #scoreboard?rating=behind&unit=port&q=…&sort=1&dir=asc */

(function () {
  "use strict";

  var form = document.querySelector("form[data-table]");
  var table = form && document.getElementById(form.dataset.table);
  if (!table) return;

  var prefix = "#" + table.id + "?";
  var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
  var rows = Array.prototype.slice.call(table.tBodies[0].rows); // in the plan's order
  var texts = rows.map(function (row) {
    return plain(row.textContent + " " + row.dataset.text);
  });
  var output = form.querySelector("output");
  var LISTS = ["chapter", "outlook", "unit"];
  var AT_ONCE = 20;
  var showing = 0;
  var around = table.parentNode;
  var keptFor = 0; // the width around it that the columns are kept for
  var fitting = new Set(rows);
  var showMore = function () {};

  function plain(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  function boxes() {
    return Array.prototype.slice.call(form.querySelectorAll("input[type=checkbox]"));
  }

  function ratings() {
    return boxes()
      .filter(function (box) { return box.checked; })
      .map(function (box) { return box.value; });
  }

  /* Columns stay as wide as all rows made them: they do not jump when rows go, and what is shown costs
     no layout of other rows. Where the page gets another width they are made anew. */
  function keepWidths() {
    if (keptFor || rows.some(function (row) { return row.hidden; })) return;
    keptFor = around.clientWidth;
    setWidths("fixed", heads.map(function (head) { return head.getBoundingClientRect().width + "px"; }));
  }

  function freeWidths() {
    keptFor = 0;
    setWidths("", []);
  }

  function setWidths(layout, widths) {
    table.style.tableLayout = layout;
    heads.forEach(function (head, n) { head.style.width = widths[n] || ""; });
  }

  /* Rows that are moved while they are hidden cost no layout. */
  function hideAll() {
    cancelAnimationFrame(showing);
    keepWidths();
    rows.forEach(function (row) { row.hidden = true; });
  }

  /* Shows the rows that fit: the first ones at once, more than a screen holds, and the rest a frame
     later each so many, or choosing would wait for all of them. Those that stand later are hidden
     meanwhile: moving them down would cost as much as showing them. */
  function show() {
    cancelAnimationFrame(showing);
    keepWidths();
    var waiting = Array.prototype.slice.call(table.tBodies[0].rows).filter(fitting.has, fitting);
    var first = new Set(waiting.splice(0, AT_ONCE));
    rows.forEach(function (row) { row.hidden = !first.has(row); });
    showMore = function (count) {
      waiting.splice(0, count).forEach(function (row) { row.hidden = false; });
      if (waiting.length) showing = requestAnimationFrame(function () { showMore(AT_ONCE); });
    };
    // The next frame shows the first rows; what is asked for it would be part of it.
    showing = requestAnimationFrame(function () { showMore(0); });
  }

  function filter() {
    var wanted = ratings();
    var chosen = LISTS.map(function (name) { return [name, form.elements[name].value]; })
      .filter(function (choice) { return choice[1]; });
    var words = plain(form.elements.q.value).split(/\s+/).filter(Boolean);
    fitting = new Set(rows.filter(function (row, n) {
      return (
        (!wanted.length || wanted.indexOf(row.dataset.rating) >= 0) &&
        chosen.every(function (choice) { return row.dataset[choice[0]] === choice[1]; }) &&
        words.every(function (word) { return texts[n].indexOf(word) >= 0; })
      );
    }));
    show();
    var shown = fitting.size;
    output.textContent =
      shown === rows.length
        ? "共" + rows.length + "项目标"
        : shown ? "显示" + shown + "项，共" + rows.length + "项" : "没有符合条件的目标";
  }

  function sorted() {
    for (var n = 0; n < heads.length; n++) {
      var way = heads[n].getAttribute("aria-sort");
      if (way) return { column: n, way: way };
    }
    return null;
  }

  function sort(column, way) {
    var head = heads[column];
    if (!head) return;
    // sortable.js turns ascending into descending and anything else into ascending.
    if (way === "descending") head.setAttribute("aria-sort", "ascending");
    else head.removeAttribute("aria-sort");
    head.querySelector("button").click();
  }

  function planOrder() {
    if (!sorted()) return;
    hideAll();
    heads.forEach(function (head) { head.removeAttribute("aria-sort"); });
    table.tBodies[0].append.apply(table.tBodies[0], rows);
  }

  function remember() {
    var state = new URLSearchParams();
    if (ratings().length) state.set("rating", ratings().join(","));
    LISTS.concat("q").forEach(function (name) {
      if (form.elements[name].value) state.set(name, form.elements[name].value);
    });
    var order = sorted();
    if (order) {
      state.set("sort", order.column);
      if (order.way === "descending") state.set("dir", "desc");
    }
    var text = state.toString().replace(/%2C/g, ",");
    // Only the part after # changes: browsers refuse anything else on file://.
    history.replaceState(null, "", text ? prefix + text : "#" + table.id);
  }

  function recall() {
    if (location.hash.indexOf(prefix) !== 0) return;
    var state = new URLSearchParams(location.hash.slice(prefix.length));
    var wanted = (state.get("rating") || "").split(",");
    boxes().forEach(function (box) { box.checked = wanted.indexOf(box.value) >= 0; });
    LISTS.forEach(function (name) {
      form.elements[name].value = state.get(name) || "";
      if (form.elements[name].selectedIndex < 0) form.elements[name].value = "";
    });
    form.elements.q.value = state.get("q") || "";
    planOrder();
    filter();
    if (state.get("sort")) {
      sort(Number(state.get("sort")), state.get("dir") === "desc" ? "descending" : "ascending");
    }
    form.scrollIntoView();
  }

  form.hidden = false;
  form.addEventListener("input", function () { filter(); remember(); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () {
    setTimeout(function () { planOrder(); filter(); remember(); });
  });
  table.addEventListener("sort-start", hideAll);
  table.addEventListener("sort-end", function () { show(); remember(); });
  window.addEventListener("hashchange", recall);
  window.addEventListener("beforeprint", function () {
    showMore(rows.length);
    freeWidths();
  });
  new ResizeObserver(function () {
    if (keptFor === around.clientWidth) return;
    freeWidths();
    keepWidths();
  }).observe(around);
  recall();
})();
