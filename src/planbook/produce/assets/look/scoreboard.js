/* The scoreboard: filters rows, keeps what is chosen in the address, makes heads usable by keyboard.
   Sorting itself is sortable.js's. A plain script, so that it runs on file:// as well; without it
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
  var AT_ONCE = 40;
  var showing = 0;
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

  /* Shows these rows and no others: the first ones at once, more than any screen holds, and the rest
     a frame later each so many, or choosing would wait for the layout of all. */
  function showOnly(fitting) {
    cancelAnimationFrame(showing);
    var order = Array.prototype.slice.call(table.tBodies[0].rows);
    var appearing = order.filter(function (row) {
      var fits = fitting.has(row);
      if (!fits && !row.hidden) row.hidden = true;
      return fits && row.hidden;
    });
    showMore = function (count) {
      appearing.splice(0, count).forEach(function (row) { row.hidden = false; });
      if (appearing.length) showing = requestAnimationFrame(function () { showMore(AT_ONCE); });
    };
    showMore(AT_ONCE);
  }

  function filter() {
    var wanted = ratings();
    var words = plain(form.elements.q.value).split(/\s+/).filter(Boolean);
    var fitting = new Set(rows.filter(function (row, n) {
      return (
        (!wanted.length || wanted.indexOf(row.dataset.rating) >= 0) &&
        (!form.elements.chapter.value || form.elements.chapter.value === row.dataset.chapter) &&
        (!form.elements.outlook.value || form.elements.outlook.value === row.dataset.outlook) &&
        (!form.elements.unit.value || form.elements.unit.value === row.dataset.unit) &&
        words.every(function (word) { return texts[n].indexOf(word) >= 0; })
      );
    }));
    showOnly(fitting);
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
    heads.forEach(function (head) { head.removeAttribute("aria-sort"); });
    table.tBodies[0].append.apply(table.tBodies[0], rows);
  }

  function remember() {
    var state = new URLSearchParams();
    if (ratings().length) state.set("rating", ratings().join(","));
    ["chapter", "outlook", "unit", "q"].forEach(function (name) {
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
    ["chapter", "outlook", "unit"].forEach(function (name) {
      form.elements[name].value = state.get(name) || "";
      if (form.elements[name].selectedIndex < 0) form.elements[name].value = "";
    });
    form.elements.q.value = state.get("q") || "";
    filter();
    planOrder();
    if (state.get("sort")) {
      sort(Number(state.get("sort")), state.get("dir") === "desc" ? "descending" : "ascending");
    }
    form.scrollIntoView();
  }

  heads.forEach(function (head) {
    var button = document.createElement("button");
    button.type = "button";
    button.append.apply(button, Array.prototype.slice.call(head.childNodes));
    head.append(button);
  });
  form.hidden = false;
  form.addEventListener("input", function () { filter(); remember(); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () {
    setTimeout(function () { planOrder(); filter(); remember(); });
  });
  table.addEventListener("sort-end", remember);
  window.addEventListener("hashchange", recall);
  window.addEventListener("beforeprint", function () { showMore(rows.length); });
  recall();
})();
